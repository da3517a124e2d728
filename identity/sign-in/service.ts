import { askForToken, type Metadata, readMetadata, type Token } from './provider.ts';

export type ServiceSignIn = {
  readonly issuer: string;
  readonly audience: string;
  readonly secret: string;
};

/** Signs a service in on its own account (client credentials, secret in the header). @throws SignInFailed */
export async function signInService(
  clientId: string,
  { issuer, audience, secret }: ServiceSignIn,
  metadata?: Metadata,
): Promise<Token> {
  const provider = metadata ?? (await readMetadata(issuer));
  const pair = [clientId, secret].map(encodeURIComponent).join(':');
  return askForToken(
    provider,
    { grant_type: 'client_credentials', resource: audience, scope: 'api' },
    { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
  );
}
