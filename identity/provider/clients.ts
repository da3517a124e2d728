import type { ClientMetadata } from 'oidc-provider';
import { KEY_ALGORITHM } from './keys.ts';
import type { Directory } from './people.ts';

/** The client of pages and scripts on this machine: it holds no secret, so every code is bound by PKCE. */
export const DEV_CLIENT = 'orgeid-dev';
/** Where scripts are sent back to; nothing needs to listen there. */
export const DEV_REDIRECT = 'http://127.0.0.1/callback';

/** Addresses of browsable API references after signing in, on any loopback port. */
const referencePages = [
  'http://127.0.0.1/docs/static/oauth2-redirect.html',
  'http://localhost/docs/static/oauth2-redirect.html',
];

/** The clients: one for people, one for each service. */
export function clientsOf(
  { services }: Directory,
  secret: string,
  redirects: readonly string[],
): ClientMetadata[] {
  const person: ClientMetadata = {
    client_id: DEV_CLIENT,
    client_name: 'Org eID (development)',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [DEV_REDIRECT, ...referencePages, ...redirects],
    id_token_signed_response_alg: KEY_ALGORITHM,
  };
  const machines = [...services.values()].map(
    ({ id, name }): ClientMetadata => ({
      client_id: id,
      client_name: name,
      client_secret: secret,
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      id_token_signed_response_alg: KEY_ALGORITHM,
    }),
  );
  return [person, ...machines];
}
