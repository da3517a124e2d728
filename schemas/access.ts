import { z } from 'zod';
import { AccountCommand } from './account.ts';
import type { CaseType } from './case.ts';
import { Confidence, Role } from './enums.ts';
import { LockOrderCommand } from './lock-order.ts';
import { RegistrationCommand } from './registration.ts';
import { VerificationCommand } from './verification.ts';

/** How a caller stands to a case; one person may stand in several ways. */
export const Relation = z.enum([
  /** There is no case yet: whoever opens one. */
  'OPENER',
  /** The person who registers, later the owner of the account. */
  'REGISTRANT',
  /** Another legal representative whom the dossier names and whose agreement is asked for. */
  'REPRESENTATIVE',
  /** The authority that a lock order comes from. */
  'AUTHORITY',
  /** Holds an open task of the case. */
  'TASK_HOLDER',
  /** Works in a unit that received the case, verifies it, or has or had a task of it. */
  'UNIT',
  /** Works in a unit above one of those. */
  'SUPERIOR',
  'C06',
  /** Answers calls about accounts, or has a call to make for this case. */
  'CALL_CENTRE',
  'AUDITOR',
  'SYSTEM',
  /** Does not stand to it in any way: for such a caller the case does not exist. */
  'NONE',
]);
export type Relation = z.infer<typeof Relation>;

/** What may be done with a case beside commands: to read it, to see the personal numbers of everybody in it, and to see who read it. */
export const Reading = z.enum(['READ', 'SEE_NUMBERS', 'SEE_ACCESSES']);
export type Reading = z.infer<typeof Reading>;

const registrationTypes = RegistrationCommand.options.map((option) => option.shape.type.value);
const accountTypes = AccountCommand.options.map((option) => option.shape.type.value);
const lockOrderTypes = LockOrderCommand.options.map((option) => option.shape.type.value);
const verificationTypes = VerificationCommand.options.map((option) => option.shape.type.value);

/** The command types of every case. */
export const commandTypes = {
  registration: registrationTypes,
  account: accountTypes,
  'lock-order': lockOrderTypes,
  verification: verificationTypes,
} as const satisfies Record<CaseType, readonly string[]>;

const text = z.string().trim().min(1);
const head = {
  id: z.string().regex(/^[a-z0-9-]+$/),
  who: z.array(Role).min(1),
  as: z.array(Relation.exclude(['NONE'])).min(1),
  /** What the row says, for whoever reads law and not code. */
  sentence: text,
  basis: text,
  confidence: Confidence,
};
const row = <T extends CaseType, G extends string>(type: T, commands: readonly G[]) =>
  z.strictObject({
    case: z.literal(type),
    ...head,
    may: z.array(z.union([Reading, z.literal([...commands])])).min(1),
  });

/** Whoever holds one of the roles `who` and stands to the case in one of the ways `as` may do what `may` lists. */
export const AccessRow = z.discriminatedUnion('case', [
  row('registration', registrationTypes),
  row('account', accountTypes),
  row('lock-order', lockOrderTypes),
  row('verification', verificationTypes),
]);
export type AccessRow = z.infer<typeof AccessRow>;

/** Who may do what. What no row allows is refused. */
export const AccessTable = z.strictObject({
  version: text,
  title: text,
  rows: z.array(AccessRow).min(1),
});
export type AccessTable = z.infer<typeof AccessTable>;

/** A command that is open to a caller now. `why`: it is, once the datum is mended that this code names. */
export const OpenAction = z.strictObject({
  type: z.string(),
  taskId: z.string().optional(),
  why: z.string().optional(),
});
export type OpenAction = z.infer<typeof OpenAction>;
