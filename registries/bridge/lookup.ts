import type { RecordValues, RegistryQuery, RegistryStatus } from '../../schemas/registry.ts';
import { found, type LookupResult, notFound, refused, tryLater } from '../kit/results.ts';
import type { LookupConfig } from './config.ts';
import { ruleFor } from './outcome.ts';
import { ResponseError, textAt } from './pointer.ts';
import type { Call, Response } from './request.ts';
import { MissingName, type Names } from './template.ts';

/**
 * Looks a record up over HTTP. A query that lacks what the address names is refused as unanswerable, a call that does not come back in
 * time is "try later"; what no rule fits, and what cannot be understood, is thrown: the kit tries again, then says BROKEN.
 * @throws ResponseError, and what the call fails with
 */
export async function lookUp(
  config: LookupConfig,
  call: Call,
  query: RegistryQuery,
  signal: AbortSignal,
): Promise<LookupResult> {
  let response: Response;
  try {
    response = await call(namesOf(query), signal);
  } catch (error) {
    if (error instanceof MissingName) return refused('UNANSWERABLE', `the query has no ${error.message}`);
    if (!signal.aborted && isTimeout(error)) return tryLater('the registry did not answer in time');
    throw error;
  }
  return resultOf(config, query, response);
}

function resultOf(config: LookupConfig, query: RegistryQuery, response: Response): LookupResult {
  const rule = ruleFor(config.outcomes, response);
  const { body, status, retryAfterMs } = response;
  const reference = () => textAt(config.record.reference, body) ?? `${query.registry}-${query.id}`;
  switch (rule?.means) {
    case 'FOUND':
      return found({
        reference: reference(),
        status: statusOf(config.record.status, body),
        statusSince: textAt(config.record.statusSince, body),
        values: valuesOf(config.record.values, body, query.fields),
      });
    case 'NOT_FOUND':
      return notFound(reference());
    case 'REFUSED':
      return refused(rule.reason, `HTTP ${status}`);
    case 'TRY_LATER':
      return tryLater(`HTTP ${status}`, retryAfterMs ?? rule.retryAfterMs);
    case 'BROKEN':
      throw new ResponseError(`HTTP ${status}: broken by configuration`);
    case undefined:
      throw new ResponseError(`HTTP ${status}: no outcome of the configuration fits`);
  }
}

/** @throws ResponseError for a word that the configuration does not map */
export function statusOf(config: LookupConfig['record']['status'], document: unknown): RegistryStatus {
  if (typeof config === 'string') return config;
  const word = textAt(config.pointer, document);
  const status = word !== undefined && Object.hasOwn(config.map, word) ? config.map[word] : undefined;
  if (status === undefined) throw new ResponseError(`${config.pointer} has a status that is not mapped`);
  return status;
}

/** The values that are asked for and there. */
export function valuesOf(
  pointers: LookupConfig['record']['values'],
  document: unknown,
  fields: readonly string[],
): RecordValues {
  const held = Object.entries(pointers).flatMap(([field, pointer]) => {
    const value = fields.includes(field) ? textAt(pointer, document) : undefined;
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(held);
}

function namesOf({ id, attempt, correlationId, subject, fields }: RegistryQuery): Names {
  return {
    id,
    attempt: String(attempt),
    correlationId,
    fields: fields.join(','),
    'subject.category': subject.category,
    'subject.code': subject.code || undefined,
    'subject.taxCode': subject.taxCode || undefined,
    'subject.nameVi': subject.nameVi || undefined,
    'subject.personNumber': subject.personNumber || undefined,
  };
}

/** `AbortSignal.timeout` ends a call with this name. */
const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';
