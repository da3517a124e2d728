import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { TokenRefused } from './refusal.ts';

/** How keys are kept, all in ms. */
export type KeyTiming = {
  /** Time between two requests for the same keys, however many unknown key ids come (default 30 000). */
  readonly cooldownMs?: number;
  /** The same while the provider does not answer (default 1 000). */
  readonly retryMs?: number;
  /** Age from which keys are fetched anew behind the callers' backs (default 300 000). */
  readonly refreshMs?: number;
  /** Age up to which keys count though the provider is silent (default 86 400 000, a day). */
  readonly usableMs?: number;
  /** Longest wait for an answer (default 5 000). */
  readonly timeoutMs?: number;
};

export type RemoteKeys = JWTVerifyGetKey & {
  /** Fetches the keys now. @throws TokenRefused PROVIDER_DOWN */
  warm(): Promise<void>;
};

type Options = KeyTiming & {
  /** Where the keys are; asked until it answers once. */
  readonly locate: (timeoutMs: number) => Promise<URL>;
  readonly now?: () => number;
  readonly onTrouble?: (cause: unknown) => void;
};

/**
 * The keys of a provider. A key id that is not known has them fetched again, so that a rotation is seen at once, but not
 * more often than the cooldown. A silent provider changes nothing while the keys at hand are young enough; that a key is
 * not known is only said when the provider was heard.
 */
export function remoteKeys(options: Options): RemoteKeys {
  const { cooldownMs = 30_000, retryMs = 1_000, refreshMs = 300_000, usableMs = 86_400_000 } = options;
  const { timeoutMs = 5_000, now = Date.now, locate, onTrouble = () => {} } = options;
  let set: ReturnType<typeof createRemoteJWKSet> | undefined;
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let trouble: unknown;
  let pending: Promise<void> | undefined;

  const fetchKeys = async () => {
    askedAt = now();
    try {
      // The times are kept here: the library's own would refuse tokens as soon as a provider is silent.
      set ??= createRemoteJWKSet(await locate(timeoutMs), {
        timeoutDuration: timeoutMs,
        cacheMaxAge: Number.POSITIVE_INFINITY,
        cooldownDuration: Number.POSITIVE_INFINITY,
      });
      await set.reload();
      confirmedAt = now();
      trouble = undefined;
    } catch (cause) {
      trouble = cause;
      onTrouble(cause);
    }
  };
  const ask = async () => {
    if (!pending && now() - askedAt < (trouble === undefined ? cooldownMs : retryMs)) return false;
    pending ??= fetchKeys().finally(() => {
      pending = undefined;
    });
    await pending;
    return true;
  };
  const usable = () => {
    if (set && now() - confirmedAt <= usableMs) return set;
    throw new TokenRefused('PROVIDER_DOWN', {}, { cause: trouble });
  };

  const key: JWTVerifyGetKey = async (header, token) => {
    const age = now() - confirmedAt;
    if (age > usableMs) await ask();
    else if (age > refreshMs) ask().catch(onTrouble);
    const keys = usable();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const asked = await ask();
      if (trouble !== undefined) throw new TokenRefused('PROVIDER_DOWN', {}, { cause: trouble });
      if (!asked) throw error;
      return await keys(header, token);
    }
  };
  return Object.assign(key, {
    async warm() {
      await ask();
      usable();
    },
  });
}
