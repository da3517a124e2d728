import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { momentOf, oneMoment } from '../../audit/replay/moment.ts';
import { differencesOf, historyOf, knowledgeOf, stateOf } from '../../audit/replay/questions.ts';
import { AuditDifferences, AuditHistory, AuditKnowledge, AuditState } from '../../schemas/audit.ts';
import { StreamId } from '../../schemas/codes.ts';
import { AuditHistoryParameters, DifferencesParameters, MomentParameters } from '../../schemas/http/audit.ts';
import type { Api } from '../context.ts';
import { refusals } from '../responses.ts';
import { audited } from './auditing.ts';

const tags = ['audit'];
const params = z.object({ stream: StreamId });
const refused = refusals(400, 401, 403, 404, 422, 429, 503);

/** One case as it was, and what became of it. */
export const caseAuditRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.get(
    '/audit/cases/:stream/history',
    {
      schema: {
        operationId: 'audit-history',
        tags,
        summary: 'Read what happened in a case, with positions and hashes; for auditors',
        params,
        querystring: AuditHistoryParameters,
        response: { 200: AuditHistory, ...refused },
      },
    },
    (request) => {
      const { stream } = request.params;
      return audited(api, request, { part: 'history', stream }, (archive, reader) =>
        historyOf(archive, reader, stream, request.query),
      );
    },
  );
  app.get(
    '/audit/cases/:stream/state',
    {
      schema: {
        operationId: 'audit-state',
        tags,
        summary: 'Read a case as it was at an instant, a position or a version; for auditors',
        params,
        querystring: MomentParameters,
        response: { 200: AuditState, ...refused },
      },
    },
    (request) => {
      const { stream } = request.params;
      return audited(api, request, { part: 'state', stream }, (archive, reader) =>
        stateOf(archive, reader, stream, oneMoment(request.query)),
      );
    },
  );
  app.get(
    '/audit/cases/:stream/differences',
    {
      schema: {
        operationId: 'audit-differences',
        tags,
        summary:
          'Read what changed in a case between two moments, as JSON Patch, and by which events; for auditors',
        params,
        querystring: DifferencesParameters,
        response: { 200: AuditDifferences, ...refused },
      },
    },
    (request) => {
      const { stream } = request.params;
      return audited(api, request, { part: 'differences', stream }, (archive, reader) => {
        const { from, to } = request.query;
        return differencesOf(archive, reader, stream, {
          from: momentOf(from, 'from'),
          to: to === undefined ? undefined : momentOf(to, 'to'),
        });
      });
    },
  );
  app.get(
    '/audit/cases/:stream/knowledge',
    {
      schema: {
        operationId: 'audit-knowledge',
        tags,
        summary:
          'Read who had acted in a case, read it and been told of it at a moment, and which actions were open to whom; for auditors',
        params,
        querystring: MomentParameters,
        response: { 200: AuditKnowledge, ...refused },
      },
    },
    (request) => {
      const { stream } = request.params;
      return audited(api, request, { part: 'knowledge', stream }, (archive, reader) =>
        knowledgeOf(archive, reader, stream, oneMoment(request.query)),
      );
    },
  );
};
