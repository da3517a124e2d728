import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Api } from '../context.ts';
import { accountsRoutes } from './accounts.ts';
import { caseAuditRoutes } from './cases.ts';
import { evidenceRoutes } from './evidence.ts';
import { narrativeRoutes } from './narrative.ts';

/** The log as auditors read it: any case at any moment, all accounts at a date. */
export const auditRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  await app.register(caseAuditRoutes, { api });
  await app.register(narrativeRoutes, { api });
  await app.register(accountsRoutes, { api });
  await app.register(evidenceRoutes, { api });
};
