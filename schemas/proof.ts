import { z } from 'zod';
import { PublicStatus } from './account-status.ts';
import { IdentificationNumber } from './codes.ts';

/** `typ` of a proof of registration: a JWT (RFC 7519, RFC 8725 3.11) of this kind and no other. */
export const PROOF_TYPE = 'orgeid-proof+jwt';
/** The one algorithm of proofs (RFC 8037), with Ed25519 keys. */
export const PROOF_ALG = 'EdDSA';
/** Who issues, where a key ring was made without another name. */
export const DEFAULT_ISSUER = 'urn:orgeid';

/** Seconds since 1970 (RFC 7519 NumericDate), whole. */
const NumericDate = z.int().nonnegative();

/** Text that a desk's terminal shows as it is: no control characters, none that turn the direction of writing. */
const shown = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u);

/**
 * What a proof of registration says (procedure.md S42, fact 68). `sub` is the identification number, `name` the Vietnamese name,
 * `holder` the name of the head or authorised person who shows it, `pos` the log position of the account's last event.
 * No personal number is among it. Claims may be added in later versions; a reader ignores what it does not know.
 */
export const ProofClaims = z
  .object({
    iss: z.string().min(1).max(200),
    sub: IdentificationNumber,
    name: shown(300),
    status: PublicStatus,
    holder: shown(200),
    iat: NumericDate,
    nbf: NumericDate.optional(),
    exp: NumericDate,
    jti: z.string().min(1).max(64),
    pos: z.int().positive(),
  })
  .refine(({ iat, exp }) => iat < exp, { path: ['exp'] });
export type ProofClaims = z.infer<typeof ProofClaims>;

/** Why a desk does not accept a proof. */
export const ProofRefusal = z.enum([
  /** It is no signed token of this kind: malformed, of another type, of another algorithm or of none. */
  'NOT_A_PROOF',
  /** The key set has no such key, or its time is over. */
  'UNKNOWN_KEY',
  'BAD_SIGNATURE',
  'MALFORMED_CLAIMS',
  'WRONG_ISSUER',
  'EXPIRED',
  'NOT_YET_VALID',
  /** It is genuine, and says that the account is locked. */
  'LOCKED',
]);
export type ProofRefusal = z.infer<typeof ProofRefusal>;

const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/**
 * The public part of a signing key (RFC 7517, RFC 8037); `kid` is its RFC 7638 thumbprint. Its time is told as OpenID Federation's
 * historical keys tell it: `iat` when it was made and published, `nbf` from when it signs (absent: it is the next one), `exp`
 * when the last proof that it signed is over (absent: it was not retired).
 */
export const ProofKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: bytes32,
  kid: bytes32,
  alg: z.literal(PROOF_ALG),
  use: z.literal('sig'),
  iat: NumericDate.optional(),
  nbf: NumericDate.optional(),
  exp: NumericDate.optional(),
});
export type ProofKey = z.infer<typeof ProofKey>;

/** The published key set: a JWKS with the name of the issuer whose proofs it is for. */
export const ProofKeySet = z.object({ issuer: z.string().min(1).max(200), keys: z.array(ProofKey) });
export type ProofKeySet = z.infer<typeof ProofKeySet>;

/** A key that signs, or will. */
export const ProofSigningKey = z.strictObject({
  ...ProofKey.shape,
  iat: NumericDate,
  /** The private part. */
  d: bytes32,
});
export type ProofSigningKey = z.infer<typeof ProofSigningKey>;

/** What the issuer keeps: the key that signs, the one that will be next, and the public parts of those that did. */
export const ProofKeyRing = z.strictObject({
  schema: z.literal('orgeid-key-ring/1'),
  issuer: z.string().min(1).max(200),
  current: ProofSigningKey,
  next: ProofSigningKey,
  retired: z.array(z.strictObject({ ...ProofKey.shape, exp: NumericDate })),
});
export type ProofKeyRing = z.infer<typeof ProofKeyRing>;
