import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { DomainError } from '../../domain/error.ts';
import type { ProofDesk } from '../../proof/desk.ts';
import { ProofKeySet } from '../../schemas/proof.ts';
import type { Api } from '../context.ts';
import { countPublicCalls } from '../publicCalls.ts';
import { refusals } from '../responses.ts';

/** Desks fetch once a day and rotations lead by twice that: an hour on the way is nothing, after a leak it is as much as may be. */
const CACHED_S = 3_600;

/** @throws DomainError EID_ERR_UNAVAILABLE where the process was started without keys */
export function deskOf({ proofs }: Pick<Api, 'proofs'>): ProofDesk {
  if (!proofs)
    throw new DomainError('EID_ERR_UNAVAILABLE', { why: 'no keys: ORGEID_KEYS_DIR is not set here' });
  return proofs;
}

/** The key set by which anybody checks a proof, without an account and without a network from then on. */
export const proofKeyRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  const counted = await countPublicCalls(app, api);
  app.get(
    '/proof-keys',
    {
      preHandler: counted,
      schema: {
        operationId: 'read-proof-keys',
        tags: ['proofs'],
        summary: 'Read the published key set (JWKS) that proofs of registration are checked with',
        security: [],
        response: { 200: ProofKeySet, ...refusals(429, 503) },
      },
    },
    async (_, reply) => {
      const keySet = await deskOf(api).keySet();
      reply.header('cache-control', `public, max-age=${CACHED_S}`);
      return keySet;
    },
  );
};
