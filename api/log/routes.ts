import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DomainError } from '../../domain/error.ts';
import { lastCheckpoint } from '../../store/checkpoints.ts';
import { readEntries, storedTree } from '../../store/tree.ts';
import { formatVerifierKey } from '../../transparency/keys.ts';
import { parseTilePath, TILE_WIDTH, type Tile, widthIn } from '../../transparency/tiles.ts';
import { logKeys } from '../audit/keys.ts';
import type { Api } from '../context.ts';
import { countPublicCalls } from '../publicCalls.ts';
import { refusals } from '../responses.ts';

const text = (description: string) => ({ description, content: { 'text/plain': { schema: z.string() } } });
const PLAIN = 'text/plain; charset=utf-8';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** The log as others' tools read it (C2SP tlog-tiles below /v1/log): hashes alone, to whoever asks. */
export const logRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  const counted = await countPublicCalls(app, api);
  const tree = storedTree(api.pool);

  app.get(
    '/log/checkpoint',
    {
      preHandler: counted,
      schema: {
        operationId: 'read-checkpoint',
        tags: ['audit'],
        summary: 'Read the last signed checkpoint of the log (C2SP tlog-checkpoint); for anybody',
        security: [],
        response: { 200: text('A signed note.'), ...refusals(404, 429, 503) },
      },
    },
    async (_, reply) => {
      const last = await lastSigned(api);
      return reply
        .type(PLAIN)
        .header('cache-control', 'public, max-age=5')
        .send(last.note as never);
    },
  );
  app.get(
    '/log/keys',
    {
      preHandler: counted,
      schema: {
        operationId: 'read-log-keys',
        tags: ['audit'],
        summary:
          'Read the keys of the log, oldest first, with the notes by which they took over, as a C2SP tlog-policy; for anybody',
        security: [],
        response: { 200: text('A policy; the notes are its comments.'), ...refusals(429, 503) },
      },
    },
    async (_, reply) => {
      const { keys, rotations } = await logKeys(api);
      const comments = rotations.flatMap((note) => note.split('\n').map((line) => `# ${line}`.trimEnd()));
      const lines = [...keys.map((key) => `log ${formatVerifierKey(key)}`), 'quorum none', ...comments];
      return reply.type(PLAIN).send(`${lines.join('\n')}\n` as never);
    },
  );
  // A path of its own form, which OpenAPI cannot say.
  app.get(
    '/log/tile/:level/*',
    { preHandler: counted, schema: { hide: true, params: z.object({ level: z.string(), '*': z.string() }) } },
    async (request, reply) => {
      const { level, '*': path } = request.params;
      const tile = await tileIn(api, level, path);
      const hashes =
        level === 'entries'
          ? await readEntries(api.pool, tile.index * TILE_WIDTH, tile.width)
          : await tree.tile(tile, tile.width);
      return reply
        .type('application/octet-stream')
        .header('cache-control', FOR_EVER)
        .send(hashes as never);
    },
  );
};

/** @throws DomainError EID_ERR_CHECKPOINT_MISSING */
async function lastSigned({ pool }: Pick<Api, 'pool'>) {
  const last = await lastCheckpoint(pool);
  if (!last) throw new DomainError('EID_ERR_CHECKPOINT_MISSING', {});
  return last;
}

/** @throws DomainError EID_ERR_ROUTE_UNKNOWN for what is no tile of the signed tree */
async function tileIn(api: Api, level: string, path: string): Promise<Tile & { readonly width: number }> {
  const at = parseTilePath(path);
  const entries = level === 'entries';
  if (!at || !(entries || /^(0|[1-9]|[1-5]\d|6[0-3])$/.test(level)))
    throw new DomainError('EID_ERR_ROUTE_UNKNOWN');
  const tile = { level: entries ? 0 : Number(level), index: at.index };
  if (widthIn(tile, (await lastSigned(api)).size) < at.width) throw new DomainError('EID_ERR_ROUTE_UNKNOWN');
  return { ...tile, width: at.width };
}
