import { z } from 'zod';
import { OpenAction } from '../access.ts';
import { AccountState } from '../account.ts';
import { type CaseType, Wait } from '../case.ts';
import { Instant, StreamId, UnitCode } from '../codes.ts';
import { LockOrderState } from '../lock-order.ts';
import { RegistrationState } from '../registration.ts';
import { VerificationState } from '../verification.ts';

/** A case of one type as a caller may see it. Personal numbers that the caller may not see are `***`. */
const detail = <T extends CaseType, S extends z.ZodType>(type: T, state: S) =>
  z.strictObject({
    stream: StreamId,
    caseType: z.literal(type),
    version: z.int().positive(),
    policyVersion: z.string(),
    status: z.string(),
    title: z.string(),
    unit: UnitCode.optional(),
    closed: z.boolean(),
    overdue: z.boolean(),
    dueAt: Instant.optional(),
    waits: z.array(Wait),
    /** What this caller may do now, as the rules that decide see it. */
    actions: z.array(OpenAction),
    state,
  });

export const RegistrationDetail = detail('registration', RegistrationState);
export type RegistrationDetail = z.infer<typeof RegistrationDetail>;
export const AccountDetail = detail('account', AccountState);
export type AccountDetail = z.infer<typeof AccountDetail>;
export const LockOrderDetail = detail('lock-order', LockOrderState);
export type LockOrderDetail = z.infer<typeof LockOrderDetail>;
export const VerificationDetail = detail('verification', VerificationState);
export type VerificationDetail = z.infer<typeof VerificationDetail>;

export const caseDetails = {
  registration: RegistrationDetail,
  account: AccountDetail,
  'lock-order': LockOrderDetail,
  verification: VerificationDetail,
} as const satisfies Record<CaseType, z.ZodType>;
