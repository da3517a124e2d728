import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type FastifyPluginAsyncZod, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { DomainError } from '../domain/error.ts';
import { authenticate } from './caller.ts';
import { caseRoutes } from './cases/routes.ts';
import { commandRoutes } from './commands/routes.ts';
import type { Api } from './context.ts';
import { healthRoutes } from './health.ts';
import { refuseOtherMethods } from './methods.ts';
import { openApi } from './openapi.ts';
import { sendProblem } from './problem.ts';

/** What a caller may name a request by; anything else gets a name of ours. */
const requestId = /^[A-Za-z0-9._:-]{1,100}$/;

/** The HTTP API as a server that does not listen yet. */
export async function createServer(api: Api): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: api.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: api.bodyLimit,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => sendProblem(request, reply, error),
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && requestId.test(given) ? given : randomUUID();
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler<Error>((error, request, reply) => sendProblem(request, reply, error));
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, new DomainError('EID_ERR_ROUTE_UNKNOWN')),
  );
  app.decorateRequest('caller', undefined);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('cache-control', 'no-store');
  });
  const methods = refuseOtherMethods(app);
  await app.register(helmet);
  await app.register(swagger, openApi({ version: '1.0.0' }));
  await app.register(healthRoutes, { api });
  await app.register(version1, { prefix: '/v1', api });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  methods.close();
  return app;
}

/** Everything that people and other systems do: nobody gets in without saying who they are. */
const version1: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.addHook('onRequest', authenticate(api));
  await app.register(commandRoutes, { api });
  await app.register(caseRoutes, { api });
};
