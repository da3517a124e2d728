import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { readMetadata } from '../identity/sign-in/provider.ts';
import type { SignIn } from './docs.ts';

const WITHIN_MS = 5_000;
const AGAIN_MS = 200;

/** The client of the embedded provider (identity/provider/clients.ts), which only ever listens on this machine. */
const EMBEDDED = 'orgeid-dev';
const loopback = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/**
 * Where people sign in at an issuer, for the reference page. Undefined without a client to sign in as, or when the issuer does not tell in time:
 * the page then takes a token by hand.
 */
export async function signInAt(
  issuer: string | undefined,
  client: string | undefined,
  log: Pick<Logger, 'info'>,
): Promise<SignIn | undefined> {
  if (issuer === undefined) return undefined;
  const clientId = client ?? (loopback.test(new URL(issuer).hostname) ? EMBEDDED : undefined);
  if (clientId === undefined) return undefined;
  const signal = AbortSignal.timeout(WITHIN_MS);
  for (;;) {
    try {
      const { authorization_endpoint: authorizationUrl, token_endpoint: tokenUrl } = await readMetadata(
        issuer,
        signal,
      );
      return { authorizationUrl, tokenUrl, clientId };
    } catch (err) {
      if (signal.aborted) {
        log.info(
          { err, issuer },
          'the provider does not tell where people sign in; the reference takes tokens by hand',
        );
        return undefined;
      }
      await pause(AGAIN_MS);
    }
  }
}
