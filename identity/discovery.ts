import { isSafeAddress } from './issuer.ts';

/**
 * Address of an issuer's keys, from its discovery document (OpenID Connect Discovery 1.0, section 4).
 * @throws Error when the document cannot be had, speaks for another issuer or points to an unsafe address
 */
export async function discoverKeys(issuer: string, timeoutMs: number): Promise<URL> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  const document: unknown = await response.json();
  if (typeof document !== 'object' || document === null) throw new Error(`${address} holds no object`);
  if (!('issuer' in document) || document.issuer !== issuer)
    throw new Error(`${address} speaks for another issuer`);
  const jwks = 'jwks_uri' in document ? document.jwks_uri : undefined;
  if (typeof jwks !== 'string' || !URL.canParse(jwks)) throw new Error(`${address} names no keys`);
  const url = new URL(jwks);
  if (!isSafeAddress(url)) throw new Error(`${address} points to keys at an address that is not https`);
  return url;
}
