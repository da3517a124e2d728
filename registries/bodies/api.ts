import { z } from 'zod';

/** A body's way into the API: who it is, and where the API and its identity provider are. */
export type BodyAccess = {
  /** Without `/v1`. */
  readonly api: string;
  /** OpenID Connect provider, as its tokens name it. */
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
  readonly secret: string;
};

/** An answer of the API that is no success: its status, and the code of its problem. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`${code} (HTTP ${status})`);
    this.status = status;
    this.code = code;
  }
}

export type BodyApi = {
  get<T>(path: string, shape: z.ZodType<T>): Promise<T>;
  /** Under a key of the caller's: sent again, it is carried out once. */
  post(path: string, body: unknown, key: string): Promise<void>;
};

const Metadata = z.object({ token_endpoint: z.url() });
const Token = z.object({ access_token: z.string(), expires_in: z.number() });
const Problem = z.object({ code: z.string() });
const EARLIER_MS = 15_000;
const LONGEST_MS = 15_000;

/** Signs in on the body's own account (OAuth 2 client credentials), and again before a token ends. */
export function bodyApi({ api, issuer, audience, clientId, secret }: BodyAccess): BodyApi {
  let held: { readonly bearer: string; readonly until: number } | undefined;

  async function bearer(): Promise<string> {
    if (held && held.until > Date.now()) return held.bearer;
    const { token_endpoint: endpoint } = Metadata.parse(
      await (await send(`${issuer}/.well-known/openid-configuration`, {})).json(),
    );
    const pair = [clientId, secret].map(encodeURIComponent).join(':');
    const response = await send(endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience, scope: 'api' }),
    });
    const token = Token.parse(await response.json());
    held = {
      bearer: `Bearer ${token.access_token}`,
      until: Date.now() + token.expires_in * 1_000 - EARLIER_MS,
    };
    return held.bearer;
  }

  const call = async (path: string, init: RequestInit) =>
    send(`${api}/v1${path}`, { ...init, headers: { ...init.headers, authorization: await bearer() } });

  return {
    get: async (path, shape) => shape.parse(await (await call(path, {})).json()),
    async post(path, body, key) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      const response = await call(path, { method: 'POST', headers, body: JSON.stringify(body) });
      await response.body?.cancel();
    },
  };
}

/** @throws ApiProblem */
async function send(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, { ...init, signal: AbortSignal.timeout(LONGEST_MS) });
  if (response.ok) return response;
  const said = Problem.safeParse(await response.json().catch(() => undefined));
  throw new ApiProblem(response.status, said.success ? said.data.code : 'HTTP');
}
