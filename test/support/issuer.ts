import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An issuer of a test's own, which signs whatever it is asked to. */
export type TestIssuer = {
  readonly issuer: string;
  readonly jwks: string;
  sign(claims: JWTPayload, header?: { readonly alg?: string; readonly kid?: string }): Promise<string>;
  /** The same, by a key that is not published. */
  forge(claims: JWTPayload): Promise<string>;
  stop(): Promise<void>;
};

export async function startIssuer(): Promise<TestIssuer> {
  const [own, strange] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const key = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const header = { alg: 'ES256', kid: 'own', typ: 'at+jwt' };
  return {
    issuer,
    jwks: `${issuer}/jwks`,
    sign: (claims, more) =>
      new SignJWT(claims).setProtectedHeader({ ...header, ...more }).sign(own.privateKey),
    forge: (claims) => new SignJWT(claims).setProtectedHeader(header).sign(strange.privateKey),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
