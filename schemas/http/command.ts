import { z } from 'zod';
import { StreamId, UnitCode } from '../codes.ts';
import { Dossier } from '../dossier.ts';
import { Channel, LockChannel } from '../enums.ts';
import { LockOrderForm } from '../lock-order.ts';
import { OpenVerification } from '../verification.ts';
import { CommandId } from './headers.ts';

/** What a command led to. Whoever reads the case now finds at least this version. */
export const CommandResult = z.strictObject({
  commandId: z.string(),
  stream: StreamId,
  version: z.int().positive(),
});
export type CommandResult = z.infer<typeof CommandResult>;

/** What is known of a command by its key. Not recorded (yet): send it again under the same key, it is carried out once. */
export const CommandStanding = z.strictObject({
  key: CommandId,
  stream: StreamId,
  type: z.string(),
  givenAt: z.iso.datetime(),
  outcome: z.enum(['RECORDED', 'NOT_RECORDED']),
  version: z.int().positive().optional(),
});
export type CommandStanding = z.infer<typeof CommandStanding>;

/**
 * Form TK02 as it is filed. `registrantId` is given at the desk, for the person who stands there; on VNeID it is the caller. `reception` is the
 * unit to file with on VNeID, by default the one that verifies the commune of the head office; at the desk it is the officer's own.
 */
export const Filing = z.strictObject({
  channel: Channel,
  registrantId: z.string().min(1).max(120).optional(),
  reception: UnitCode.optional(),
  dossier: Dossier,
});
export type Filing = z.infer<typeof Filing>;

/** A dossier that replaces the one before; the unit of reception stays. */
export const Supplement = z.strictObject({ dossier: Dossier });
export type Supplement = z.infer<typeof Supplement>;

/** Form TK03 as the officer of the receiving unit records it. */
export const LockOrderFiling = z.strictObject({ channel: LockChannel, form: LockOrderForm });
export type LockOrderFiling = z.infer<typeof LockOrderFiling>;

/** A question to another body; the unit that asks is the caller's own. */
export const VerificationAsking = OpenVerification.shape.data.omit({
  asker: true,
  askedBy: true,
  request: true,
});
export type VerificationAsking = z.infer<typeof VerificationAsking>;

/** The colleague whom a task is handed to: the directory knows the rest. */
export const ColleagueId = z.strictObject({ id: z.string().min(1).max(120) });
export type ColleagueId = z.infer<typeof ColleagueId>;
