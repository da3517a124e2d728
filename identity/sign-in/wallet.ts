import { signInPerson } from './person.ts';
import { type Metadata, readMetadata, type Token } from './provider.ts';
import { signInService } from './service.ts';

export type Wallet = {
  /** `Bearer …` for a person of the embedded provider. @throws SignInFailed */
  person(id: string): Promise<string>;
  /** `Bearer …` for a service. @throws SignInFailed */
  service(id: string): Promise<string>;
};

export type WalletOptions = {
  readonly issuer: string;
  readonly audience: string;
  readonly serviceSecret: string;
};

/** A token is used up to this long before it ends, in ms. */
const MARGIN_MS = 15_000;

/** Tokens of many actors, each fetched once and again shortly before it ends, however many ask at the same time. */
export function tokenWallet({ issuer, audience, serviceSecret: secret }: WalletOptions): Wallet {
  const held = new Map<string, Promise<Token>>();
  let metadata: Promise<Metadata> | undefined;
  const provider = async () => {
    metadata ??= readMetadata(issuer);
    return metadata.catch((error: unknown) => {
      metadata = undefined;
      throw error;
    });
  };

  const bearer = async (key: string, fetchToken: () => Promise<Token>): Promise<string> => {
    const known = held.get(key);
    const token = await known?.catch(() => undefined);
    if (token && token.expiresAt - MARGIN_MS > Date.now()) return `Bearer ${token.accessToken}`;
    // Whoever comes back here first fetches for all who waited with it.
    const latest = held.get(key);
    const fresh = latest && latest !== known ? latest : fetchToken();
    held.set(key, fresh);
    return `Bearer ${(await fresh).accessToken}`;
  };
  return {
    person: (id) =>
      bearer(`person ${id}`, async () => signInPerson(id, { issuer, audience }, await provider())),
    service: (id) =>
      bearer(`service ${id}`, async () => signInService(id, { issuer, audience, secret }, await provider())),
  };
}
