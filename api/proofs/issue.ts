import { DomainError } from '../../domain/error.ts';
import { toInstant } from '../../domain/time.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { ProofAnswer } from '../../schemas/http/proof.ts';
import { readStream } from '../../store/read.ts';
import type { Access } from '../access-history/recorded.ts';
import { readableCase } from '../cases/detail.ts';
import type { Api } from '../context.ts';
import { deskOf } from './keys.ts';

/**
 * A proof of registration for the account's owner.
 * @throws DomainError EID_ERR_CASE_UNKNOWN for an account that is not open, or not for the caller to read; EID_ERR_FORBIDDEN for a reader who is not
 * the owner; EID_ERR_UNAVAILABLE without keys
 */
export async function proofFor(
  api: Pick<Api, 'pool' | 'access' | 'proofs' | 'policyOf'>,
  actor: Actor,
  stream: string,
  access: Pick<Access, 'ground'>,
): Promise<ProofAnswer> {
  const { state, version, policyVersion } = await readableCase(api, actor, 'account', stream, access);
  if (state.owner?.id !== actor.id) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'owner' });
  const desk = deskOf(api);
  const policy = await api.policyOf(policyVersion);
  const [last] = await readStream(api.pool, stream, version - 1);
  if (!last) throw new DomainError('EID_ERR_LOG_BROKEN', { stream, version });
  const { token, claims, qr } = await desk.issue({ state, position: last.position, actor, policy });
  return {
    token,
    issuedAt: toInstant(claims.iat * 1000),
    expiresAt: toInstant(claims.exp * 1000),
    claims,
    qr: { version: qr.version, svg: qr.svg },
  };
}
