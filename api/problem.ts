import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import { DomainError } from '../domain/error.ts';
import type { Language } from '../identity/caller.ts';
import { challengeFor, TokenRefused } from '../identity/refusal.ts';
import { type ErrorCode, errorTable } from '../schemas/errors.ts';
import type { Problem } from '../schemas/http/problem.ts';
import { isOutage } from './outage.ts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
/** When to come back after an outage, seconds. */
const RETRY_AFTER_S = 2;

/** The first language of `Accept-Language` that we speak, else the caller's own, else Vietnamese. */
export function languageOf({ headers, caller }: Pick<FastifyRequest, 'headers' | 'caller'>): Language {
  const wanted = (headers['accept-language'] ?? '')
    .split(',')
    .map((range) => range.trim().slice(0, 2).toLowerCase());
  return wanted.find((tag): tag is Language => tag === 'vi' || tag === 'en') ?? caller?.language ?? 'vi';
}

export function problemOf(
  code: ErrorCode,
  details: Readonly<Record<string, unknown>>,
  { language, correlationId }: { readonly language: Language; readonly correlationId: string },
): Problem {
  const entry = errorTable[code];
  return {
    type: `urn:orgeid:problem:${code}`,
    title: entry[language],
    status: entry.status,
    code,
    next: language === 'vi' ? entry.nextVi : entry.next,
    details,
    correlationId,
  };
}

const framework: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'EID_ERR_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'EID_ERR_MEDIA_TYPE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'EID_ERR_SHAPE',
  FST_ERR_CTP_INVALID_JSON_BODY: 'EID_ERR_SHAPE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'EID_ERR_SHAPE',
  FST_ERR_BAD_URL: 'EID_ERR_SHAPE',
  FST_ERR_MAX_PARAM_LENGTH: 'EID_ERR_SHAPE',
};

/** An error of any origin as one of the error table; what nobody foresees is EID_ERR_INTERNAL and says nothing of itself. */
export function asDomainError(error: FastifyError | Error, stopping = false): DomainError {
  if (error instanceof DomainError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const where = 'validationContext' in error ? error.validationContext : undefined;
    const fields = error.validation.map(({ instancePath, message }) => ({
      field: [where, ...instancePath.split('/').filter(Boolean)].join('.'),
      why: message ?? '',
    }));
    return new DomainError('EID_ERR_SHAPE', { fields });
  }
  const code = 'code' in error && typeof error.code === 'string' ? framework[error.code] : undefined;
  if (code) return new DomainError(code, { why: error.message });
  if (isOutage(error) || stopping) return new DomainError('EID_ERR_UNAVAILABLE');
  const status = 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500) return new DomainError('EID_ERR_SHAPE');
  return new DomainError('EID_ERR_INTERNAL');
}

/** Answers an error as problem details, in the caller's language. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: FastifyError | Error) {
  const refusal = asDomainError(error);
  request.problem = refusal.code;
  const { status } = errorTable[refusal.code];
  if (status >= 500) {
    const cause = isResponseSerializationError(error) ? error.cause : error;
    const level = status === 503 ? 'warn' : 'error';
    request.log[level]({ err: cause, code: refusal.code }, 'a request failed');
  }
  const language = languageOf(request);
  const challenge = error instanceof TokenRefused ? challengeFor(error) : undefined;
  if (challenge !== undefined) reply.header('www-authenticate', challenge);
  if (status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', RETRY_AFTER_S);
  return reply
    .code(status)
    .header('content-type', PROBLEM_TYPE)
    .header('content-language', language)
    .serializer(JSON.stringify)
    .send(problemOf(refusal.code, refusal.details, { language, correlationId: request.id }));
}
