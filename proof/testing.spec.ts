import { CompactSign, importJWK } from 'jose';
import { accounts, lockOrder } from '../domain/testing/accounts.ts';
import { people } from '../domain/testing/people.ts';
import { decree } from '../domain/testing/policy.spec.ts';
import { toMs } from '../domain/time.ts';
import type { AccountState } from '../schemas/account.ts';
import {
  PROOF_ALG,
  PROOF_TYPE,
  type ProofClaims,
  type ProofKeySet,
  type ProofSigningKey,
} from '../schemas/proof.ts';
import type { ProofRequest } from './claims.ts';
import type { Signer } from './issue.ts';
import { publicKey } from './keySet.ts';
import { newKey } from './newKey.ts';

/** 15 April 2025, 08:00 in Viet Nam: the day from which desks ask for a proof (S42). */
export const NOW = toMs('2025-04-15T01:00:00.000Z');
export const LIFETIME_MS = decree.proofLifetimeMs;

const account = accounts(decree);
/** One account at the points of its life that a proof tells apart. */
export const states = {
  notOpen: account.fresh().state,
  issued: account.received().state,
  overdue: account.overdue().state,
  active: account.active().state,
  locked: account.active().when(lockOrder('1')).then(lockedBy()).state,
} as const satisfies Record<string, AccountState>;

function lockedBy() {
  const types = ['LockGroundPlaced', 'AccountLocked', 'NoticeOrdered', 'OrderAnswered'] as const;
  return types.map((type) => ({ type }));
}

/** Its owner asks for a proof. */
export const request = (more: Partial<ProofRequest> = {}): ProofRequest => ({
  state: states.active,
  position: 42,
  actor: people.registrant,
  now: NOW,
  policy: decree,
  ...more,
});

/** The account under other names. */
export const named = (name: string, holder: string = people.registrant.name): AccountState => {
  const { identity, owner } = states.active;
  if (!identity || !owner) throw new Error('an active account has both');
  return {
    ...states.active,
    identity: { ...identity, names: { vi: name } },
    owner: { ...owner, name: holder },
  };
};

export const signer = async (): Promise<Signer> => ({ issuer: 'urn:orgeid', key: await newKey(NOW) });
export const setOf = (...keys: ProofSigningKey[]): ProofKeySet => ({
  issuer: 'urn:orgeid',
  keys: keys.map(publicKey),
});

export const claims: ProofClaims = {
  iss: 'urn:orgeid',
  sub: '10000000001',
  name: 'Công ty TNHH Sao Mai',
  status: 'ACTIVE',
  holder: 'Nguyễn Thị Lan',
  iat: NOW / 1000,
  nbf: NOW / 1000,
  exp: NOW / 1000 + 300,
  jti: 'kX9s2mQ0',
  pos: 42,
};

/** Signs anything at all, as somebody who has the key could. */
export async function signed(
  payload: unknown,
  key: ProofSigningKey,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return await new CompactSign(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: PROOF_ALG, typ: PROOF_TYPE, kid: key.kid, ...header })
    .sign(await importJWK(key, PROOF_ALG));
}

/** The parts of a token, decoded. */
export function partsOf(token: string): { header: unknown; payload: unknown; signature: string } {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const json = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  return { header: json(header), payload: json(payload), signature };
}

export const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
