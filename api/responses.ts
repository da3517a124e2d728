import { Problem } from '../schemas/http/problem.ts';

export type RefusalStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 408
  | 409
  | 412
  | 413
  | 415
  | 422
  | 429
  | 431
  | 500
  | 503;

/** What every address may answer, before it is asked who calls. */
const always: readonly RefusalStatus[] = [408, 431];

const reasons: Readonly<Record<RefusalStatus, string>> = {
  400: 'The request does not have the expected shape.',
  401: 'Nobody signed in, or the token is not accepted.',
  403: 'The caller may not do this.',
  404: 'There is no such thing, or the caller may not know of it.',
  405: 'The address does not take this method.',
  408: 'The request did not come whole in time.',
  409: 'It does not fit the present state.',
  412: 'The case has changed since the version in If-Match.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  422: 'The rules refuse what the request says.',
  429: 'Too many requests; see Retry-After.',
  431: 'The headers, or the address, are too large.',
  500: 'The system failed.',
  503: 'An engine does not answer; see Retry-After.',
};

/** Problem details (RFC 9457) for each of the statuses, as a route documents them. */
export function refusals(...statuses: readonly RefusalStatus[]) {
  return Object.fromEntries(
    [...statuses, ...always].map((status) => [
      status,
      { description: reasons[status], content: { 'application/problem+json': { schema: Problem } } },
    ]),
  );
}
