import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { begun } from '../../audit/bundle/begun.ts';
import type { BundleScope } from '../../audit/bundle/format.ts';
import { writeBundle } from '../../audit/bundle/write.ts';
import { proofOf } from '../../audit/evidence/proofOf.ts';
import { DomainError } from '../../domain/error.ts';
import { BundleParameters } from '../../schemas/http/audit.ts';
import { whole } from '../../schemas/http/query.ts';
import { lastCheckpoint } from '../../store/checkpoints.ts';
import type { Api } from '../context.ts';
import { refusals } from '../responses.ts';
import { audited } from './auditing.ts';
import { logKeys } from './keys.ts';

const LAST = 999_999_999_999_999;

/** Evidence to take away: bundles, and the proof of one event. */
export const evidenceRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.get(
    '/audit/bundle',
    {
      schema: {
        operationId: 'audit-bundle',
        tags: ['audit'],
        summary:
          'Take away a bundle: the events of one case, a unit, a period or all, up to the last checkpoint, with all that shows that they are in the signed log; for auditors',
        querystring: BundleParameters,
        response: {
          200: {
            description:
              'Lines of canonical JSON (docs/guides/audit-bundles.md), as fast as they are taken. A bundle that breaks off does not hold.',
            content: { 'application/jsonl': { schema: z.unknown() } },
          },
          ...refusals(400, 401, 403, 404, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { case: stream, since } = request.query;
      const asked = {
        part: 'bundle',
        action: 'EXPORT',
        ...(stream === undefined ? {} : { stream }),
      } as const;
      const bundle = await audited(api, request, asked, async (_, { actor }) => {
        const scope = scopeOf(request.query);
        const ring = await logKeys(api);
        const earlier = since === undefined ? [] : [await noteOf(api, since)];
        const options = { scope, exportedBy: actor.name, now: api.now(), ring, since: earlier };
        return await begun(writeBundle(api.pool, options));
      });
      return reply
        .type('application/jsonl')
        .header('x-accel-buffering', 'no')
        .header('content-disposition', `attachment; filename="${stream ?? 'orgeid'}.bundle"`)
        .send(Readable.from(bundle, { highWaterMark: 2 }) as never); // the text that is promised, in parts
    },
  );
  app.get(
    '/audit/proofs/:position',
    {
      schema: {
        operationId: 'audit-proof',
        tags: ['audit'],
        summary: 'Read the proof that one event is in the signed log (C2SP tlog-proof); for auditors',
        params: z.object({ position: whole(1, LAST) }),
        response: {
          200: {
            description: 'A .tlog-proof; its entry is the 32-byte hash of the event.',
            content: { 'text/plain': { schema: z.string() } },
          },
          ...refusals(400, 401, 403, 404, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { position } = request.params;
      const proof = await audited(api, request, { part: `proof ${position}` }, () =>
        proofOf(api.pool, position),
      );
      return reply.type('text/plain; charset=utf-8').send(proof as never); // as the narrative
    },
  );
};

/** @throws DomainError EID_ERR_SHAPE unless it is exactly one scope */
function scopeOf({ case: stream, unit, from, to, all }: BundleParameters): BundleScope {
  const period = from !== undefined || to !== undefined;
  const said = [stream !== undefined, unit !== undefined, period, all !== undefined].filter(Boolean).length;
  if (said !== 1 || (period && (from === undefined || to === undefined)))
    throw new DomainError('EID_ERR_SHAPE', { what: 'one of case, unit, from with to, or all' });
  if (stream !== undefined) return { kind: 'CASE', stream };
  if (unit !== undefined) return { kind: 'UNIT', unit };
  if (from === undefined || to === undefined) return { kind: 'ALL' };
  return { kind: 'PERIOD', from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

async function noteOf({ pool }: Pick<Api, 'pool'>, size: number): Promise<string> {
  const checkpoint = await lastCheckpoint(pool, size);
  if (checkpoint?.size !== size) throw new DomainError('EID_ERR_CHECKPOINT_MISSING', { size });
  return checkpoint.note;
}
