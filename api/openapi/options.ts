import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AccountState } from '../../schemas/account.ts';
import { AuditEvent } from '../../schemas/audit.ts';
import { Dossier } from '../../schemas/dossier.ts';
import {
  AccountDetail,
  LockOrderDetail,
  RegistrationDetail,
  VerificationDetail,
} from '../../schemas/http/case.ts';
import { CommandResult, CommandStanding } from '../../schemas/http/command.ts';
import { CaseEvent, CaseItem } from '../../schemas/http/lists.ts';
import { Problem } from '../../schemas/http/problem.ts';
import { ItemResult, ManyResults, ProposalItem } from '../../schemas/http/proposals.ts';
import { InboxItem } from '../../schemas/inbox.ts';
import { LockOrderForm, LockOrderState } from '../../schemas/lock-order.ts';
import { RegistrationState } from '../../schemas/registration.ts';
import { Task } from '../../schemas/task.ts';
import { VerificationState } from '../../schemas/verification.ts';
import { described } from './document.ts';
import { headers } from './headers.ts';
import { tags } from './tags.ts';

/** Shapes that stand once in the document, by name. */
const named: Readonly<Record<string, z.ZodType>> = {
  AccountDetail,
  AccountState,
  AuditEvent,
  CaseEvent,
  CaseItem,
  CommandResult,
  CommandStanding,
  Dossier,
  InboxItem,
  ItemResult,
  LockOrderDetail,
  LockOrderForm,
  LockOrderState,
  ManyResults,
  Problem,
  ProposalItem,
  RegistrationDetail,
  RegistrationState,
  Task,
  VerificationDetail,
  VerificationState,
};

export type OpenApiOptions = {
  readonly version: string;
  /** Where people sign in, for the reference page. */
  readonly signIn?: { readonly authorizationUrl: string; readonly tokenUrl: string };
};

/** OpenAPI 3.1, made from the same schemas that check requests and answers. */
export function openApi({ version, signIn }: OpenApiOptions): FastifyDynamicSwaggerOptions {
  const schemaRegistry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) schemaRegistry.add(schema, { id });
  const bearer = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } as const;
  const oauth =
    signIn &&
    ({
      type: 'oauth2',
      flows: {
        authorizationCode: {
          authorizationUrl: signIn.authorizationUrl,
          tokenUrl: signIn.tokenUrl,
          scopes: { openid: 'who signs in', api: 'what that person may do' },
        },
      },
    } as const);
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Org eID',
        version,
        description:
          'Electronic identification accounts of organisations (Decree 69/2024): requests, accounts, lock orders, and the work on them. docs/guides/api.md says how to begin.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [...tags],
      components: { headers, securitySchemes: { bearer, ...(oauth ? { signIn: oauth } : {}) } },
      security: [{ bearer: [] }, ...(oauth ? [{ signIn: ['openid', 'api'] }] : [])],
    },
    transform: createJsonSchemaTransform({ schemaRegistry }),
    transformObject: described(createJsonSchemaTransformObject({ schemaRegistry })),
  };
}
