import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectBus } from '../../bus/connect.ts';
import { ensureStreams } from '../../bus/streams.ts';
import { makeKey } from '../../engines/credentials.ts';
import { freePort } from '../../engines/ports.ts';
import { machineProbes } from '../../engines/probes.ts';
import { resolveEngine } from '../../engines/resolve.ts';
import { subjectOf } from '../../registries/check/cases.ts';
import type { CheckContext } from '../../registries/check/item.ts';
import { credentials } from '../../registries/check/items/credentials.ts';
import { freshFolder } from '../support/folder.ts';

const narrow = {
  publish: [
    'answers.TAX',
    'changes.TAX',
    '$JS.API.CONSUMER.INFO.QUERIES.TAX',
    '$JS.API.CONSUMER.MSG.NEXT.QUERIES.TAX',
    '$JS.ACK.QUERIES.TAX.>',
  ],
  subscribe: ['_INBOX_TAX.>'],
};

/** A NATS server that lets an adapter in with these permissions, and the seed of its key. */
async function serverWith(permissions: {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}) {
  const found = await resolveEngine(
    'nats',
    machineProbes(() => {}),
  );
  if (found.kind === 'address') throw new Error('this test starts a server of its own');
  const folder = freshFolder();
  const port = await freePort();
  const seedFile = join(folder, 'adapter.seed');
  const users = [
    { user: 'system', password: 'system' },
    { nkey: makeKey(seedFile), permissions },
  ];
  const file = join(folder, 'nats.conf');
  const config = { listen: `127.0.0.1:${port}`, jetstream: { store_dir: folder }, authorization: { users } };
  writeFileSync(file, JSON.stringify(config));
  const server = spawn(found.path, ['-c', file], { stdio: 'ignore' });
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await once(server, 'exit');
  });
  const nc = await connectBus({ servers: `nats://system:system@127.0.0.1:${port}`, name: 'system' });
  await ensureStreams(nc);
  onTestFinished(() => nc.close());
  return { url: `nats://127.0.0.1:${port}`, seedFile };
}

const contextWith = (
  own: CheckContext['credentials'],
): Pick<CheckContext, 'credentials' | 'party' | 'cases'> => ({
  party: 'TAX',
  credentials: own,
  cases: { known: subjectOf('TAX', '1'), unknown: subjectOf('TAX', '2') },
});

describe('what the conformance check finds out about the reach of an adapter’s key', () => {
  it('passes a key that can do no more than answer its own queries', async () => {
    const outcome = await credentials.run(contextWith(await serverWith(narrow)));
    expect(outcome).toMatchObject({
      status: 'PASSED',
      came: expect.stringMatching(/^\d\d ways tried, all refused$/),
    });
  });

  it.each([
    [
      'read others’ queries',
      { publish: ['$JS.API.CONSUMER.MSG.NEXT.QUERIES.*'] },
      'publish $JS.API.CONSUMER.MSG.NEXT.QUERIES.BUSINESS',
    ],
    ['speak for others', { publish: ['answers.*'] }, 'publish answers.BUSINESS'],
    ['ask in the name of the system', { publish: ['queries.*'] }, 'publish queries.TAX'],
    [
      'purge',
      { publish: ['$JS.API.STREAM.PURGE.*'] },
      'publish $JS.API.STREAM.PURGE.QUERIES, publish $JS.API.STREAM.PURGE.ANSWERS',
    ],
    [
      'listen to answers',
      { subscribe: ['answers.>'] },
      'subscription answers.BUSINESS, subscription answers.>',
    ],
    ['listen to the inboxes of all', { subscribe: ['_INBOX.>'] }, 'subscription _INBOX.>'],
  ])('fails a key that can %s, and says what was allowed', async (_, more, said) => {
    const { publish = [], subscribe = [] }: { publish?: readonly string[]; subscribe?: readonly string[] } =
      more;
    const permissions = {
      publish: [...narrow.publish, ...publish],
      subscribe: [...narrow.subscribe, ...subscribe],
    };
    const outcome = await credentials.run(contextWith(await serverWith(permissions)));
    expect(outcome).toEqual({ status: 'FAILED', came: `allowed: ${said}` });
  });

  it('is not run on a server that asks for no key, and says so', async () => {
    const outcome = await credentials.run(contextWith(undefined));
    expect(outcome).toMatchObject({ status: 'NOT_RUN', came: 'the server asks for no credentials' });
  });
});
