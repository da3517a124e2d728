import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { DomainError } from '../../domain/error.ts';
import type { Wallet } from '../../identity/sign-in/wallet.ts';
import { Problem } from '../../schemas/http/problem.ts';

/** The API as people reach it: over HTTP, each with a token of their own. */
export type Http = {
  /** Nobody (undefined) reads what is published. @throws DomainError with the code of the problem */
  get<T>(person: string | undefined, path: string, shape: z.ZodType<T>): Promise<T>;
  /** Sends under an idempotency key, where the route takes one, and again while nothing answers. @throws DomainError as `get` */
  post<T>(
    person: string,
    path: string,
    body: unknown,
    key: string | undefined,
    shape: z.ZodType<T>,
  ): Promise<T>;
  /** The lines of a stream of server-sent events, as they come. @throws DomainError as `get` */
  follow(person: string, path: string, signal: AbortSignal): Promise<AsyncIterable<string>>;
};

export type HttpOptions = {
  /** Where the API is, without `/v1`. */
  readonly url: string;
  readonly wallet: Pick<Wallet, 'person'>;
  readonly signal: AbortSignal;
};

/** How often something is asked that nothing answers, or that is told to come back later. */
const TRIES = 4;

export function httpClient({ url, wallet, signal }: HttpOptions): Http {
  async function once(person: string | undefined, path: string, init: RequestInit): Promise<Response> {
    const token = person === undefined ? {} : { authorization: await wallet.person(person) };
    const headers = { 'accept-language': 'en', ...init.headers, ...token };
    const response = await fetch(`${url}/v1${path}`, { ...init, headers });
    if (!response.ok) throw await refusalOf(response);
    return response;
  }

  async function ask(person: string | undefined, path: string, init: RequestInit = {}): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(person, path, init);
      } catch (error) {
        const later = error instanceof Refusal ? error.retryAfterMs : error instanceof TypeError ? 500 : 0;
        if (later === 0 || attempt === TRIES || signal.aborted) throw error;
        await pause(later, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  return {
    async get(person, path, shape) {
      const response = await ask(person, path);
      return shape.parse(await response.json());
    },
    async post(person, path, body, key, shape) {
      const headers = {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      };
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await ask(person, path, { method: 'POST', headers, ...content });
      return shape.parse(await response.json());
    },
    async follow(person, path, until) {
      const { body } = await ask(person, path, { signal: until });
      return linesOf(body);
    },
  };
}

async function* linesOf(body: Response['body']): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** What the API refused, and whether it said to come back (0: it did not). */
class Refusal extends DomainError {
  readonly retryAfterMs: number;

  constructor({ code, details }: Problem, retryAfterMs: number) {
    super(code, details);
    this.retryAfterMs = retryAfterMs;
  }
}

async function refusalOf(response: Response): Promise<Error> {
  const text = await response.text();
  if (!response.headers.get('content-type')?.startsWith('application/problem+json'))
    return new Error(`${response.url} answered ${response.status} and no problem: ${text.slice(0, 200)}`);
  const after = Number(response.headers.get('retry-after') ?? 0);
  return new Refusal(Problem.parse(JSON.parse(text)), after * 1_000);
}
