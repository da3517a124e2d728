import type { OpenAPIV3_1 as Oas } from 'openapi-types';

/** What the operations are about, in the order in which a reader meets them. */
export const tags: readonly Oas.TagObject[] = [
  {
    name: 'registrations',
    description:
      'Requests for an electronic identification account of an organisation (Decree 69/2024 Art 12): filed on VNeID or at a desk, checked, verified, proposed and decided.',
  },
  {
    name: 'accounts',
    description:
      'Accounts from issuance on: activation, the owner’s lock, locks of C06 and of authorities, what registries change (Decree 69/2024 Arts 8, 14, 15).',
  },
  {
    name: 'lock-orders',
    description:
      'Orders of an authority to lock or unlock an account, on form TK03 (Decision 5709/QĐ-BCA-C06): received, forwarded, decided.',
  },
  {
    name: 'verifications',
    description:
      'Questions of police units to other bodies (finance, tax, home affairs, licensing, the committee of a commune), answered by their people in whole or in part.',
  },
  {
    name: 'inbox',
    description:
      'Work: what the caller holds, what the unit may do, what lies in the units below; the next task; changes as they happen.',
  },
  {
    name: 'proposal-lists',
    description:
      'Lists by which C06 proposes requests to the Director, who decides many of them at once; each item is a command of its own.',
  },
  {
    name: 'search',
    description: 'Cases by name without diacritics, by code and by number, within the caller’s reach.',
  },
  {
    name: 'registries',
    description:
      'The registries that requests are checked against: how they do, and which requests wait for which answer.',
  },
  { name: 'colleagues', description: 'The people whom work can be handed to.' },
  {
    name: 'proofs',
    description:
      'Proofs of registration: issued to the owner for minutes, checked by anybody, with a connection or with the published keys alone.',
  },
  {
    name: 'access-history',
    description:
      'Who read or did what, when, and on what ground; for auditors, and for owners about their own account.',
  },
  {
    name: 'audit',
    description:
      'The log as auditors read it: a case at any moment, what changed, who knew what and could do what, all accounts at a date, and cases told with their legal basis. Every read leaves an entry in the access history.',
  },
  {
    name: 'commands',
    description: 'What became of a command whose answer was lost.',
  },
  {
    name: 'operation',
    description: 'Whether the process lives and takes work; for balancers and operators.',
  },
];
