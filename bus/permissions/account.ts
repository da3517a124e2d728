import { ACKS, QUERIES } from '../streams.ts';
import { type AdmittedParty, inboxPrefixOf } from './adapter.ts';

/** Account of the system, which holds the streams. */
export const SYSTEM_ACCOUNT = 'ORGEID';
export const SYSTEM_USER = 'orgeid';
export const accountOf = (party: string): string => `ADAPTER_${party}`;

const NEXT = `$JS.API.CONSUMER.MSG.NEXT.${QUERIES}`;
const INFO = `$JS.API.CONSUMER.INFO.${QUERIES}`;
const STATUS = 'KV_ACCOUNT_STATUS';

const service = (account: string, subject: string, to?: string) => ({
  service: { account, subject },
  ...(to === undefined ? {} : { to }),
});

const nkeyUsers = (keys: readonly string[], permissions: object) =>
  [...keys].sort().map((nkey) => ({ nkey, permissions }));

/** What the system offers to the accounts of adapters; which of it an account gets, its imports say. */
export const systemExports = [
  { service: `${NEXT}.*`, response_type: 'Stream' },
  { service: `${INFO}.*` },
  { service: `$JS.ACK.${QUERIES}.>` },
  { service: 'answers.*' },
  { service: 'changes.*' },
];

/**
 * The account of a party that is asked. It is one of its own and not only a user of the system's, because the server sends
 * its replies wherever a request asks for them and checks no permission there: within one account, a request
 * with the reply subject `events.x` would write into stream EVENTS.
 *
 * The server answers `$JS.API` in each account by itself; the mappings lead the two requests that are open around that, to the streams.
 */
export function adapterAccount({ party, kind, keys }: AdmittedParty, rehearsal: boolean) {
  const requests = [
    { subject: `${NEXT}.${party}`, to: `orgeid.next.${party}` },
    { subject: `${INFO}.${party}`, to: `orgeid.info.${party}` },
  ];
  const plain = [
    `$JS.ACK.${QUERIES}.${party}.>`,
    `answers.${party}`,
    ...(kind === 'registry' ? [`changes.${party}`] : []),
  ];
  const control = `control.${party}`;
  return {
    users: nkeyUsers(keys, {
      // A permission is looked at after the mapping.
      publish: [...requests.map(({ to }) => to), ...plain],
      subscribe: [`${inboxPrefixOf(party)}.>`, ...(rehearsal ? [control] : [])],
      ...(rehearsal ? { allow_responses: true } : {}),
    }),
    mappings: Object.fromEntries(requests.map(({ subject, to }) => [subject, to])),
    imports: [
      ...requests.map(({ subject, to }) => service(SYSTEM_ACCOUNT, subject, to)),
      ...plain.map((subject) => service(SYSTEM_ACCOUNT, subject)),
    ],
    ...(rehearsal ? { exports: [{ service: control }] } : {}),
  };
}

/** How the system reaches what an account of a rehearsal offers. */
export const rehearsalImport = ({ party }: AdmittedParty) => service(accountOf(party), `control.${party}`);

/**
 * The users of a relying service. They are in the system's account: they read the status bucket by consumers of their own, whose
 * deliveries cross no account.
 */
export const serviceUsers = ({ party, keys }: AdmittedParty, rehearsal: boolean) =>
  nkeyUsers(keys, {
    publish: [
      `$JS.API.STREAM.INFO.${STATUS}`,
      `$JS.API.CONSUMER.CREATE.${STATUS}.>`,
      `$JS.API.CONSUMER.INFO.${STATUS}.>`,
      `$JS.API.CONSUMER.DELETE.${STATUS}.>`,
      `$JS.API.DIRECT.GET.${STATUS}.>`,
      `$JS.FC.${STATUS}.>`,
      `${ACKS.toLowerCase()}.${party}`,
    ],
    subscribe: [`${inboxPrefixOf(party)}.>`, ...(rehearsal ? [`control.relying.${party}`] : [])],
    ...(rehearsal ? { allow_responses: true } : {}),
  });
