import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { refusals as reasons } from '../../proof/refusals.ts';
import { ProofAnswer, ProofToCheck, ProofVerdictAnswer } from '../../schemas/http/proof.ts';
import { accessing, recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import { streamOf } from '../commands/exposed.ts';
import type { Api } from '../context.ts';
import { languageOf } from '../problem.ts';
import { refusals } from '../responses.ts';
import { proofFor } from './issue.ts';
import { deskOf } from './keys.ts';

/** Proofs of registration: shown by the owner, checked by whoever has a connection; whoever has none checks with the key set. */
export const proofRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.post(
    '/accounts/:stream/proofs',
    {
      schema: {
        operationId: 'issue-proof',
        tags: ['accounts', 'proofs'],
        summary: 'Issue a proof of registration, for the owner of the account; a new one each time',
        params: z.object({ stream: streamOf('account') }),
        response: { 201: ProofAnswer, ...refusals(400, 401, 403, 404, 413, 415, 429, 503) },
      },
    },
    async (request, reply) => {
      const { stream } = request.params;
      const access = accessing(api, 'PROOF', { stream, caseType: 'account' });
      const proof = await recorded(api, request, access, () =>
        proofFor(api, callerOf(request).actor, stream, access),
      );
      return reply.code(201).send(proof);
    },
  );
  app.post(
    '/proofs/verify',
    {
      schema: {
        operationId: 'verify-proof',
        tags: ['proofs'],
        summary: 'Check a proof of registration that somebody shows',
        body: ProofToCheck,
        response: { 200: ProofVerdictAnswer, ...refusals(400, 401, 403, 413, 415, 422, 429, 503) },
      },
    },
    async (request) => {
      const verdict = await deskOf(api).check(request.body.token);
      if (verdict.accepted) return verdict;
      const language = languageOf(request);
      const reason = reasons[verdict.reason];
      return { ...verdict, told: { title: reason[language], next: reason.next[language] } };
    },
  );
};
