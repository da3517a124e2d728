import { readFileSync } from 'node:fs';
import { parseJson } from '../../bus/json.ts';
import { invalid } from '../kit/settings.ts';
import type { LookupConfig } from './config.ts';
import { ResponseError } from './pointer.ts';
import { fill, fillJson, type Names } from './template.ts';

/** How a response is read: its HTTP status, its JSON (undefined when it is none) and `Retry-After` in ms. */
export type Response = {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs: number | undefined;
};

export type Call = (names: Names, signal: AbortSignal) => Promise<Response>;
type RequestConfig = Pick<LookupConfig, 'url' | 'method' | 'headers' | 'body' | 'timeoutMs'>;

const MOST_BYTES = 5_000_000;

/**
 * Makes calls of one kind. Values go into the address encoded, into the body as JSON texts. Redirects are not followed: a secret in a
 * header would go with them.
 * @throws SettingsError `EID_ERR_USAGE` when a secret is not there; the calls throw MissingName, and what `fetch` fails with
 */
export function caller(
  { url, method, headers, body, timeoutMs }: RequestConfig,
  env: NodeJS.ProcessEnv,
): Call {
  const sent = new Headers({ accept: 'application/json' });
  for (const [name, value] of Object.entries(headers)) sent.set(name, headerText(name, value, env));
  if (body !== undefined) sent.set('content-type', 'application/json');
  return async (names, signal) => {
    const address = fill(url, names, encodeURIComponent);
    const payload = body === undefined ? {} : { body: JSON.stringify(fillJson(body, names)) };
    const limit = AbortSignal.timeout(timeoutMs);
    const response = await fetch(address, {
      method,
      headers: sent,
      ...payload,
      redirect: 'manual',
      signal: AbortSignal.any([signal, limit]),
    });
    return {
      status: response.status,
      body: parseJson(await bytesOf(response)),
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
    };
  };
}

async function bytesOf(response: globalThis.Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > MOST_BYTES) throw new ResponseError(`the response is longer than ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function headerText(name: string, value: RequestConfig['headers'][string], env: NodeJS.ProcessEnv): string {
  if (typeof value === 'string') return value;
  if ('env' in value) {
    const secret = env[value.env];
    if (!secret) throw invalid(`${value.env} is missing: the header ${name} is made of it`);
    return `${value.prefix}${secret}`;
  }
  try {
    return `${value.prefix}${readFileSync(value.file, 'utf8').trim()}`;
  } catch {
    throw invalid(`${value.file} cannot be read: the header ${name} is made of it`);
  }
}

/** `Retry-After` (RFC 9110 10.2.3): seconds, or a date. */
export function retryAfterMs(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
