import { errors, type NatsConnection } from '@nats-io/nats-core';
import { connectBus } from '../../../bus/connect.ts';
import { pause } from '../../../bus/wait.ts';
import { type CheckContext, failed, type Item, notRun, type Outcome, passed } from '../item.ts';

type Reach = { readonly operation: 'publish' | 'subscription'; readonly subject: string };

/** What an adapter must not be able to do: read others' queries and answers, speak for others or for the system, manage streams. */
function reaches(party: string): Reach[] {
  const other = party === 'TAX' ? 'BUSINESS' : 'TAX';
  const publish = [
    `queries.${party}`,
    `answers.${other}`,
    `changes.${other}`,
    'events.registration.x.y',
    '$KV.ACCOUNT_STATUS.10000000001',
    `control.${other}`,
    `$JS.API.CONSUMER.MSG.NEXT.QUERIES.${other}`,
    `$JS.API.CONSUMER.CREATE.QUERIES.mine.queries.${other}`,
    `$JS.API.CONSUMER.CREATE.ANSWERS.mine`,
    `$JS.API.CONSUMER.DELETE.QUERIES.${other}`,
    `$JS.API.STREAM.MSG.GET.QUERIES`,
    '$JS.API.DIRECT.GET.EVENTS',
    '$JS.API.STREAM.PURGE.QUERIES',
    '$JS.API.STREAM.PURGE.ANSWERS',
    '$JS.API.STREAM.DELETE.QUERIES',
    '$JS.API.STREAM.UPDATE.QUERIES',
    '$JS.API.STREAM.CREATE.MINE',
    `$JS.ACK.QUERIES.${other}.1.1.1.1.0`,
  ];
  const subscription = [
    `queries.${other}`,
    'queries.>',
    `answers.${other}`,
    'answers.>',
    'events.>',
    '_INBOX.>',
    '>',
  ];
  return [
    ...publish.map((subject) => ({ operation: 'publish', subject }) as const),
    ...subscription.map((subject) => ({ operation: 'subscription', subject }) as const),
  ];
}

export const credentials = {
  name: 'credentials',
  did: 'connected with the adapter’s own key and tried to read others’ queries and answers, to speak for others, to purge',
  expected: 'each refused by the server',
  next: 'give the adapter the permissions that "orgeid adapter config" prints',
  async run({ credentials: own, party }: Pick<CheckContext, 'credentials' | 'party'>): Promise<Outcome> {
    if (!own) {
      const next =
        'let the check start its own server, or use --nats with --seed-file on a server that has permissions';
      return notRun('the server asks for no credentials', next);
    }
    const { url: servers, seedFile } = own;
    const nc = await connectBus({ servers, name: 'adapter-check-reach', seedFile, party });
    try {
      const open = await notRefused(nc, reaches(party));
      if (open.length === 0) return passed(`${reaches(party).length} ways tried, all refused`);
      return failed(`allowed: ${open.map(({ operation, subject }) => `${operation} ${subject}`).join(', ')}`);
    } finally {
      await nc.close();
    }
  },
} satisfies Item;

/** Tries them all; the server tells each refusal on the connection, in the order of the tries. */
async function notRefused(nc: NatsConnection, tries: readonly Reach[]): Promise<Reach[]> {
  const refused = new Set<string>();
  const statuses = nc.status();
  void (async () => {
    for await (const status of statuses) {
      if (status.type !== 'error' || !(status.error instanceof errors.PermissionViolationError)) continue;
      refused.add(`${status.error.operation} ${status.error.subject}`);
    }
  })();
  for (const { operation, subject } of tries) {
    if (operation === 'publish') nc.publish(subject, '{}');
    else nc.subscribe(subject, { callback: () => {} });
  }
  // The server answers a ping after all that was sent before it; what it told before is in the queue of statuses then.
  await nc.flush();
  await pause(200);
  return tries.filter(({ operation, subject }) => !refused.has(`${operation} ${subject}`));
}
