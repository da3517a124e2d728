import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Narrative } from '../../audit/narrative/model.ts';
import { narrativeOf } from '../../audit/narrative/narrativeOf.ts';
import { narrativeHtml } from '../../audit/narrative/render/html.ts';
import { narrativePdfApart } from '../../audit/narrative/render/pdfApart.ts';
import { narrativeText } from '../../audit/narrative/render/text.ts';
import { StreamId } from '../../schemas/codes.ts';
import { type NarrativeFormat, NarrativeParameters } from '../../schemas/http/audit.ts';
import type { Api } from '../context.ts';
import { languageOf } from '../problem.ts';
import { refusals } from '../responses.ts';
import { audited } from './auditing.ts';

type Form = {
  readonly type: string;
  readonly make: (narrative: Narrative) => string | Buffer | Promise<Buffer>;
};

const forms: Readonly<Record<NarrativeFormat, Form>> = {
  text: { type: 'text/plain; charset=utf-8', make: narrativeText },
  html: { type: 'text/html; charset=utf-8', make: narrativeHtml },
  pdf: { type: 'application/pdf', make: narrativePdfApart },
};

/** A case told for a reader. */
export const narrativeRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.get(
    '/audit/cases/:stream/narrative',
    {
      schema: {
        operationId: 'audit-narrative',
        tags: ['audit'],
        summary:
          'Read a case told step by step with legal basis, limit and punctuality, in Vietnamese or English, as text, HTML or PDF; for auditors',
        params: z.object({ stream: StreamId }),
        querystring: NarrativeParameters,
        response: {
          200: {
            description: 'The narrative, in the format that was asked for.',
            content: {
              'text/plain': { schema: z.string() },
              'text/html': { schema: z.string() },
              'application/pdf': { schema: z.unknown() }, // bytes
            },
          },
          ...refusals(400, 401, 403, 404, 422, 429, 503),
        },
      },
    },
    async (request, reply) => {
      const { stream } = request.params;
      const { format, lang = languageOf(request) } = request.query;
      const { type, make } = forms[format];
      const document = await audited(api, request, { part: 'narrative', stream }, async (archive, reader) =>
        make(await narrativeOf(archive, reader, stream, lang)),
      );
      return reply
        .type(type)
        .header('content-language', lang)
        .send(document as never); // of the format that was asked for, which the types of the answer cannot say
    },
  );
};
