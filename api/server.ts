import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type FastifyPluginAsyncZod, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { DomainError } from '../domain/error.ts';
import { accessHistoryRoutes } from './access-history/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { caseRoutes } from './cases/routes.ts';
import { colleagueRoutes } from './colleagues/routes.ts';
import { commandRoutes } from './commands/routes.ts';
import type { Api } from './context.ts';
import { type SignIn, serveReference } from './docs.ts';
import { healthRoutes } from './health.ts';
import { inboxRoutes } from './inbox/routes.ts';
import { admission, serverLimits } from './limits.ts';
import { proposalListRoutes } from './lists/routes.ts';
import { logRoutes } from './log/routes.ts';
import { refuseOtherMethods } from './methods.ts';
import { measureRequests } from './metrics/requests.ts';
import { openApi } from './openapi/options.ts';
import { sendProblem } from './problem.ts';
import { proofKeyRoutes } from './proofs/keys.ts';
import { proofRoutes } from './proofs/routes.ts';
import { registryRoutes } from './registries/routes.ts';
import { searchRoutes } from './search/routes.ts';
import { requestsUnderWay } from './stop.ts';
import { traceRequests } from './tracing.ts';

/** What a caller may name a request by; anything else gets a name of ours. */
const requestId = /^[A-Za-z0-9._:-]{1,100}$/;

/** The HTTP API as a server that does not listen yet. */
export async function createServer(api: Api, signIn?: SignIn): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: api.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: api.bodyLimit,
    return503OnClosing: false, // stop.ts answers, with a problem
    ...serverLimits(api.limits),
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
  app.decorateRequest('problem', undefined);
  measureRequests(app, api.metrics);
  if (api.traced) traceRequests(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('cache-control', 'no-store');
  });
  app.decorate('underWay', requestsUnderWay(app, api));
  const methods = refuseOtherMethods(app);
  await app.register(helmet);
  await app.register(swagger, openApi({ version: '1.0.0', ...(signIn ? { signIn } : {}) }));
  await app.register(healthRoutes, { api });
  await app.register(version1, { prefix: '/v1', api });
  await app.register(proofKeyRoutes, { prefix: '/v1', api });
  await app.register(logRoutes, { prefix: '/v1', api });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  methods.close();
  await serveReference(app, signIn);
  app.server.maxConnections = api.limits.connections;
  return app;
}

/** Everything that people and other systems do: nobody gets in without saying who they are. */
const version1: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  app.addHook('onRequest', await admission(app, api));
  app.addHook('onResponse', async ({ caller }) => {
    if (caller) api.colleagues.met(caller);
  });
  await app.register(commandRoutes, { api });
  await app.register(caseRoutes, { api });
  await app.register(inboxRoutes, { api });
  await app.register(searchRoutes, { api });
  await app.register(accessHistoryRoutes, { api });
  await app.register(auditRoutes, { api });
  await app.register(proposalListRoutes, { api });
  await app.register(colleagueRoutes, { api });
  await app.register(proofRoutes, { api });
  await app.register(registryRoutes, { api });
};
