import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  JournaledAnswers,
  QuestionPage,
  QuestionsParameters,
  RegistryHealthList,
} from '../../schemas/http/registries.ts';
import { Registry } from '../../schemas/registry.ts';
import { answersOfCase } from '../../store/questions.ts';
import { counted, listing } from '../access-history/listing.ts';
import { accessing, recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import { readableCase } from '../cases/detail.ts';
import { streamOf } from '../commands/exposed.ts';
import type { Api } from '../context.ts';
import { refusals } from '../responses.ts';
import { healthOfAll, mustReadAll, questionsTo } from './health.ts';

/** How the registries do, and who waits for them: for those who may read every request. */
export const registryRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  const tags = ['registries'];
  app.get(
    '/registries',
    {
      schema: {
        operationId: 'list-registries',
        tags,
        summary:
          'Read how each registry does: who waits for it, how fast and how often it answers, how often it fails',
        response: { 200: RegistryHealthList, ...refusals(401, 403, 429, 503) },
      },
    },
    (request) => {
      const access = listing(api, request, 'COUNT', ['registration'], ['C06', 'AUDITOR']);
      return recorded(api, request, access, async () => {
        mustReadAll(access);
        return await healthOfAll(api);
      });
    },
  );
  app.get(
    '/registries/:registry/questions',
    {
      schema: {
        operationId: 'list-questions',
        tags,
        summary:
          'List the questions to a registry for which a request waits: age, attempts, next try, and whose turn it is',
        params: z.object({ registry: Registry }),
        querystring: QuestionsParameters,
        response: { 200: QuestionPage, ...refusals(400, 401, 403, 422, 429, 503) },
      },
    },
    (request) => {
      const { registry } = request.params;
      const access = listing(api, request, 'LIST', ['registration'], ['C06', 'AUDITOR']);
      access.what = { question: { ...access.what.question, registry } };
      return recorded(api, request, access, () => {
        mustReadAll(access);
        return counted(access, questionsTo(api, registry, request.query));
      });
    },
  );
  app.get(
    '/registrations/:stream/answers',
    {
      schema: {
        operationId: 'read-answers-of-registration',
        tags: ['registrations', 'registries'],
        summary: 'Read what registries and channels sent about a request, and what was made of each message',
        params: z.object({ stream: streamOf('registration') }),
        response: { 200: JournaledAnswers, ...refusals(400, 401, 403, 404, 422, 429, 503) },
      },
    },
    (request) => {
      const { stream } = request.params;
      const access = accessing(api, 'READ', { stream, caseType: 'registration' });
      return recorded(api, request, access, async () => {
        await readableCase(api, callerOf(request).actor, 'registration', stream, access);
        return { items: [...(await answersOfCase(api.pool, stream))] };
      });
    },
  );
};
