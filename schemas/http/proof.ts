import { z } from 'zod';
import { Instant } from '../codes.ts';
import { ProofClaims, ProofRefusal } from '../proof.ts';

/** A proof of registration as its holder shows it. Good for whoever carries it, for as long as it lasts. */
export const ProofAnswer = z.strictObject({
  token: z.string(),
  issuedAt: Instant,
  expiresAt: Instant,
  claims: ProofClaims,
  /** The token as a QR code: an SVG document, and the version of the code (1 to 40). */
  qr: z.strictObject({ version: z.int().min(1).max(40), svg: z.string() }),
});
export type ProofAnswer = z.infer<typeof ProofAnswer>;

/** What somebody showed, whatever it is. */
export const ProofToCheck = z.strictObject({ token: z.string().min(1).max(16_384) });
export type ProofToCheck = z.infer<typeof ProofToCheck>;

const told = z.strictObject({ title: z.string(), next: z.string() });

/** Whether a desk may accept it; of what is genuine, what it says. `told`: the reason in words, in the caller's language. */
export const ProofVerdictAnswer = z.discriminatedUnion('accepted', [
  z.strictObject({ accepted: z.literal(true), claims: ProofClaims, kid: z.string() }),
  z.strictObject({
    accepted: z.literal(false),
    reason: ProofRefusal,
    told,
    claims: ProofClaims.optional(),
  }),
]);
export type ProofVerdictAnswer = z.infer<typeof ProofVerdictAnswer>;
