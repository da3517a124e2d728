import { randomUUID } from 'node:crypto';
import type { Problem } from '../../schemas/http/problem.ts';
import type { Edge } from '../../workers/edge.ts';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects of an answer of any shape
  readonly body: any;
};

export type Sending = {
  /** Idempotency key; a fresh one by default. */
  readonly key?: string;
  /** Version for `If-Match`. */
  readonly ifVersion?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Caller = {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body: unknown, sending?: Sending): Promise<Answer>;
};

/** Sends and reads the answer whole; JSON becomes `body`, an empty answer undefined. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text || undefined,
  };
}

/** A person (or, with `service`, another system) who acts over HTTP with tokens of the provider. */
export function callerAs(
  { wallet, api }: Pick<Edge, 'wallet' | 'api'>,
  id: string,
  { service = false, url = api.url }: { readonly service?: boolean; readonly url?: string } = {},
): Caller {
  const authorization = () => (service ? wallet.service(id) : wallet.person(id));
  return {
    async get(path, headers = {}) {
      return ask(`${url}/v1${path}`, { headers: { authorization: await authorization(), ...headers } });
    },
    async post(path, body, { key = randomUUID(), ifVersion, headers = {} } = {}) {
      return ask(`${url}/v1${path}`, {
        method: 'POST',
        headers: {
          authorization: await authorization(),
          'content-type': 'application/json',
          'idempotency-key': key,
          ...(ifVersion === undefined ? {} : { 'if-match': `"${ifVersion}"` }),
          ...headers,
        },
        body: JSON.stringify(body),
      });
    },
  };
}

/** The body of an answer that must be a refusal. */
export function problem(answer: Answer): Problem {
  if (!/^application\/problem\+json/.test(answer.headers.get('content-type') ?? ''))
    throw new Error(`no problem but ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as Problem;
}
