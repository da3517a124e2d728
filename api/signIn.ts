import type { Logger } from 'pino';
import { readMetadata } from '../identity/sign-in/provider.ts';
import type { SignIn } from './docs.ts';

const WITHIN_MS = 2_000;

/** Where people sign in at an issuer, for the reference page; undefined when it does not tell in time: the page then takes a token by hand. */
export async function signInAt(
  issuer: string | undefined,
  clientId: string,
  log: Pick<Logger, 'info'>,
): Promise<SignIn | undefined> {
  if (issuer === undefined) return undefined;
  try {
    const { authorization_endpoint: authorizationUrl, token_endpoint: tokenUrl } = await readMetadata(
      issuer,
      AbortSignal.timeout(WITHIN_MS),
    );
    return { authorizationUrl, tokenUrl, clientId };
  } catch (err) {
    log.info(
      { err, issuer },
      'the provider does not tell where people sign in; the reference takes tokens by hand',
    );
    return undefined;
  }
}
