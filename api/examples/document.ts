import type { SwaggerTransformObject } from '@fastify/swagger';
import type { ErrorCode } from '../../schemas/errors.ts';
import type { CommandResult } from '../../schemas/http/command.ts';
import { problemOf } from '../problem.ts';
import { bodyExamples, commandExamples } from './bodies.ts';

/** What a refusal of a status most often is. */
const usual: Readonly<Record<string, ErrorCode>> = {
  400: 'EID_ERR_SHAPE',
  401: 'EID_ERR_UNAUTHENTICATED',
  403: 'EID_ERR_FORBIDDEN',
  404: 'EID_ERR_CASE_UNKNOWN',
  408: 'EID_ERR_TOO_SLOW',
  409: 'EID_ERR_TASK_HELD',
  412: 'EID_ERR_VERSION',
  413: 'EID_ERR_TOO_LARGE',
  415: 'EID_ERR_MEDIA_TYPE',
  422: 'EID_ERR_DOSSIER_NOT_VALID',
  429: 'EID_ERR_TOO_MANY',
  431: 'EID_ERR_HEADERS_TOO_LARGE',
  503: 'EID_ERR_UNAVAILABLE',
};

const correlationId = '5f9e8c12-7a2b-473a-a094-5f6abeda73a3';

/** A refusal as its address answers it. */
export const problemExample = (status: string) => {
  const code = usual[status];
  return code && problemOf(code, {}, { language: 'en', correlationId });
};

export const resultExample: CommandResult = {
  commandId: '6f1c9a52-88f4-4d1e-9a53-7e4f0d6f2a11',
  stream: 'registration-0f3c9a7be1d24c58a6b0',
  version: 7,
};

type Media = { schema?: { readonly $ref?: string }; example?: unknown };
type Operation = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly requestBody?: { readonly content?: Readonly<Record<string, Media>> };
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
};

/** The same document with an example for each body, each result of a command and each refusal. */
export const withExamples =
  (transform: SwaggerTransformObject): SwaggerTransformObject =>
  (document) => {
    const done = transform(document);
    const paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = Object(done.paths);
    dropUnused(done);
    for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods)))
      addTo(operation);
    return done;
  };

/** Shapes that no body has are named for bodies all the same; what nothing refers to says nothing. */
function dropUnused(document: object): void {
  const { components }: { readonly components?: { readonly schemas?: Record<string, unknown> } } = document;
  const schemas = components?.schemas ?? {};
  for (let dropped = true; dropped; ) {
    const text = JSON.stringify(document);
    const unused = Object.keys(schemas).filter((name) => !text.includes(`#/components/schemas/${name}"`));
    for (const name of unused) delete schemas[name];
    dropped = unused.length > 0;
  }
}

function addTo({ operationId = '', requestBody, responses = {} }: Operation): void {
  const body = requestBody?.content?.['application/json'];
  const command = Object.keys(commandExamples).find((type) => operationId.endsWith(type));
  const example = bodyExamples[operationId] ?? (command === undefined ? undefined : commandExamples[command]);
  if (body && example) body.example = example;
  for (const [status, { content = {} }] of Object.entries(responses)) {
    const refusal = content['application/problem+json'];
    if (refusal) refusal.example = problemExample(status);
    const result = content['application/json'];
    if (result?.schema?.$ref?.endsWith('/CommandResult')) result.example = resultExample;
  }
}
