import { z } from 'zod';

/** What a sign-in needs to know of a provider. */
const Metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
});
export type Metadata = z.infer<typeof Metadata>;

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

export type Token = {
  readonly accessToken: string;
  /** End of the token by this machine's clock, ms since the epoch. */
  readonly expiresAt: number;
};

/** A sign-in that did not end with a token; `status` and `answer` are the provider's. */
export class SignInFailed extends Error {
  readonly status: number;
  readonly answer: string;
  constructor(what: string, status: number, answer: string) {
    super(`${what} (HTTP ${status}): ${textOf(answer).slice(0, 300)}`);
    this.name = 'SignInFailed';
    this.status = status;
    this.answer = answer;
  }
}

/** The words of an answer that may be a page. */
const textOf = (answer: string): string =>
  answer
    .replace(/<style>.*?<\/style>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

/** @throws SignInFailed; Error when the provider does not answer or its document has another shape */
export async function readMetadata(issuer: string, signal?: AbortSignal): Promise<Metadata> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, signal ? { signal } : {});
  if (!response.ok) throw new SignInFailed('no discovery document', response.status, await response.text());
  return Metadata.parse(await response.json());
}

/** @throws SignInFailed */
export async function askForToken(
  { token_endpoint: endpoint }: Metadata,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Token> {
  const askedAt = Date.now();
  const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(form), headers });
  const text = await response.text();
  if (!response.ok) throw new SignInFailed('no token', response.status, text);
  const { access_token: accessToken, expires_in: seconds } = TokenAnswer.parse(JSON.parse(text));
  return { accessToken, expiresAt: askedAt + seconds * 1_000 };
}
