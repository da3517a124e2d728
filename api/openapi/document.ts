import type { SwaggerTransformObject } from '@fastify/swagger';
import type { ErrorCode } from '../../schemas/errors.ts';
import type { CommandResult } from '../../schemas/http/command.ts';
import { problemOf } from '../problem.ts';
import { bodyExamples, commandExamples } from './bodies.ts';
import { headersOfAnswer, headersOfRefusal } from './headers.ts';

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

/** What Fastify writes where a route gives no description. */
const NO_DESCRIPTION = 'Default Response';
const DONE: Readonly<Record<string, string>> = {
  200: 'Done.',
  201: 'Done: something new is there.',
  204: 'There is none. The key has claimed nothing, and may be sent again.',
};

/** Operations beside commands whose answer carries the version of a case. */
const tagged = /^(claim-next|read-(registration|account|lock-order|verification)|read-events-of-.*)$/;

type Media = { schema?: { readonly $ref?: string }; example?: unknown };
type Answer = { readonly content?: Readonly<Record<string, Media>>; description?: string; headers?: object };
type Operation = {
  readonly operationId?: string;
  readonly summary?: string;
  readonly requestBody?: { readonly content?: Readonly<Record<string, Media>> };
  readonly responses?: Readonly<Record<string, Answer>>;
};

/** The same document with an example for each body, each result of a command and each refusal, and with the headers of answers. */
export const described =
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
  for (const [status, answer] of Object.entries(responses)) {
    const { content = {} } = answer;
    const refusal = content['application/problem+json'];
    if (refusal) refusal.example = problemExample(status);
    const result = content['application/json'];
    const ofCommand = result?.schema?.$ref?.endsWith('/CommandResult') === true;
    if (result && ofCommand) result.example = resultExample;
    answer.headers = refusal
      ? headersOfRefusal(status)
      : headersOfAnswer(status, {
          tagged: ofCommand || tagged.test(operationId),
          opens: ofCommand && status === '201',
        });
    if (answer.description === NO_DESCRIPTION) answer.description = DONE[status] ?? 'Done.';
  }
}
