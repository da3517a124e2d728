import { createHash, randomBytes } from 'node:crypto';
import { type CookieJar, cookieJar } from './cookies.ts';
import { askForToken, type Metadata, readMetadata, SignInFailed, type Token } from './provider.ts';

export type PersonSignIn = {
  readonly issuer: string;
  /** The API that the token is for. */
  readonly audience: string;
  readonly clientId?: string;
  readonly redirectUri?: string;
};

/** Most steps from the first page to the way back. */
const MOST_STEPS = 10;

/**
 * Signs a person in at the embedded provider as a browser would: authorization code with PKCE, redirects followed, cookies
 * kept, the login form posted. There is no other way in for scripts.
 * @throws SignInFailed when the provider refuses
 */
export async function signInPerson(
  person: string,
  { issuer, audience, clientId = 'orgeid-dev', redirectUri = 'http://127.0.0.1/callback' }: PersonSignIn,
  metadata?: Metadata,
): Promise<Token> {
  const provider = metadata ?? (await readMetadata(issuer));
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const start = new URL(provider.authorization_endpoint);
  start.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid profile api',
    resource: audience,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const back = await walk(start, person, redirectUri);
  const answer = Object.fromEntries(back.searchParams);
  if (answer.state !== state || answer.iss !== provider.issuer || !answer.code)
    throw new SignInFailed('the way back carries no code of this sign-in', 302, back.search);
  return askForToken(provider, {
    grant_type: 'authorization_code',
    code: answer.code,
    redirect_uri: redirectUri,
    client_id: clientId,
    code_verifier: verifier,
    resource: audience,
  });
}

/** From the first page to the address that leads back to the client. */
async function walk(start: URL, person: string, redirectUri: string): Promise<URL> {
  const jar = cookieJar();
  let at = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < MOST_STEPS; step++) {
    const response = await visit(at, jar, form);
    form = undefined;
    const location = response.headers.get('location');
    if (location !== null) {
      await response.body?.cancel();
      at = new URL(location, at);
      if (`${at.origin}${at.pathname}` === redirectUri) return at;
      continue;
    }
    const text = await response.text();
    const action = response.ok ? /<form[^>]* action="([^"]+)"/.exec(text)?.[1] : undefined;
    if (action === undefined)
      throw new SignInFailed('the provider shows no login form', response.status, text);
    at = new URL(action, at);
    form = new URLSearchParams({ person });
  }
  throw new SignInFailed(`no end after ${MOST_STEPS} steps`, 302, at.href);
}

async function visit(url: URL, jar: CookieJar, form: URLSearchParams | undefined): Promise<Response> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { accept: 'text/html', ...jar.header() },
    ...(form ? { method: 'POST', body: form } : {}),
  });
  jar.take(response);
  return response;
}
