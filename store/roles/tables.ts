import type { GrantedRole } from './roles.ts';

export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
type Rights = Readonly<Record<Exclude<GrantedRole, 'orgeid_reader'>, readonly TableRight[]>>;

type TableClass = Rights & {
  /** What triggers refuse everybody, the owner too. `heads`: a row may only go forward. */
  readonly kept: 'append-only' | 'heads' | 'no';
};

const read: readonly TableRight[] = ['SELECT'];
const all: readonly TableRight[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/** What each kind of table allows to writer and auditor. The reader's columns are named table by table. */
export const tableClasses = {
  /** What happened, and what came in. */
  record: { kept: 'append-only', orgeid_writer: ['SELECT', 'INSERT'], orgeid_auditor: read },
  /** Written by functions only, which run with the rights of the owner. */
  ledger: { kept: 'append-only', orgeid_writer: read, orgeid_auditor: read },
  /** Where a chain stands: moved by what is written behind it. */
  head: { kept: 'heads', orgeid_writer: read, orgeid_auditor: read },
  /** The law in force, which no process of the system puts there. */
  law: { kept: 'append-only', orgeid_writer: read, orgeid_auditor: read },
  /** What an administrator decides: who is admitted, which migrations ran. */
  administered: { kept: 'no', orgeid_writer: read, orgeid_auditor: read },
  /** Follows from the log, and can be made anew from it. */
  readModel: { kept: 'no', orgeid_writer: all, orgeid_auditor: read },
  /** What processes remember for a while. */
  working: { kept: 'no', orgeid_writer: all, orgeid_auditor: read },
} as const satisfies Record<string, TableClass>;
export type TableClassName = keyof typeof tableClasses;

type Table = {
  readonly is: TableClassName;
  /** What the reader sees of it; nothing without it. Never a body, a state, a name or a text of somebody else. */
  readonly reader?: 'all' | readonly string[];
};

/** Every table of schema `orgeid`; parts of a table are as the whole. A name that a database does not have is passed over. */
export const tables: Readonly<Record<string, Table>> = {
  events: { is: 'record', reader: ['position', 'stream', 'version', 'type', 'at', 'recorded_at'] },
  log_tiles: { is: 'record', reader: 'all' },
  checkpoints: { is: 'record', reader: 'all' },
  registry_answers: {
    is: 'record',
    reader: ['id', 'answer_id', 'question_id', 'party', 'disposition', 'received_at', 'raw_sha256'],
  },
  registry_changes: {
    is: 'record',
    reader: ['id', 'registry', 'change_id', 'disposition', 'stream', 'received_at', 'raw_sha256'],
  },
  reconciliation_findings: {
    is: 'record',
    reader: ['run', 'account', 'version', 'outcome', 'differences', 'found_at'],
  },
  audit_reconciliations: {
    is: 'record',
    reader: ['id', 'started_at', 'finished_at', 'head', 'differences', 'recorded_at'],
  },
  log_head: { is: 'head', reader: 'all' },
  access_history: { is: 'ledger' },
  access_anchors: { is: 'ledger' },
  access_writers: { is: 'head' },
  policies: { is: 'law', reader: 'all' },
  access_tables: { is: 'law', reader: 'all' },
  adapters: { is: 'administered', reader: 'all' },
  migrations: { is: 'administered', reader: 'all' },
  cases: {
    is: 'readModel',
    reader: [
      'stream',
      'type',
      'version',
      'policy_version',
      'status',
      'unit',
      'closed',
      'overdue',
      'due_at',
      'next_deadline_at',
      'updated_at',
      'swept_version',
    ],
  },
  tasks: {
    is: 'readModel',
    reader: [
      'stream',
      'task_id',
      'kind',
      'role',
      'units',
      'holder',
      'status',
      'due_at',
      'due_key',
      'overdue',
      'opened_at',
      'position',
    ],
  },
  lanes: { is: 'readModel', reader: 'all' },
  inbox: { is: 'readModel', reader: 'all' },
  lane_counts: { is: 'readModel', reader: 'all' },
  case_terms: { is: 'readModel' },
  case_codes: { is: 'readModel' },
  organisation_claims: { is: 'readModel' },
  former_keys: { is: 'readModel' },
  questions: {
    is: 'working',
    reader: [
      'question_id',
      'party',
      'first_asked_at',
      'attempt',
      'attempts',
      'asked_at',
      'answer_by',
      'next_try_at',
      'settled_at',
    ],
  },
  reconciliations: { is: 'working', reader: 'all' },
  task_offers: { is: 'working' },
  command_keys: { is: 'working' },
  refused_items: { is: 'working' },
  officers: { is: 'working' },
  officer_history: { is: 'ledger' },
};
