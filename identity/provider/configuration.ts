import { randomBytes } from 'node:crypto';
import {
  type AdapterFactory,
  type Configuration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { clientsOf } from './clients.ts';
import type { ProviderSettings } from './environment.ts';
import { KEY_ALGORITHM, type SigningKeys } from './keys.ts';
import { errorPage } from './page.ts';
import type { Directory } from './people.ts';

/** The scope of the API: its calls are allowed by role, not by scope, so there is one. */
export const API_SCOPE = 'api';

export type Parts = {
  readonly settings: ProviderSettings;
  readonly directory: Directory;
  readonly keys: SigningKeys;
  readonly store: AdapterFactory;
  readonly cookieKey: string;
};

export const newCookieKey = (): string => randomBytes(32).toString('base64url');

/** Authorization code with PKCE for people, client credentials for services, JWT access tokens for the one API. */
export function configurationOf({ settings, directory, keys, store, cookieKey }: Parts): Configuration {
  const { audience, tokenSeconds } = settings;
  const prompts = interactionPolicy.base();
  prompts.remove('consent');
  return {
    adapter: store,
    clients: clientsOf(directory, settings.serviceSecret, settings.redirects),
    jwks: { keys: [...keys] },
    cookies: { keys: [cookieKey] },
    scopes: ['openid', 'profile', API_SCOPE],
    claims: { openid: ['sub'], profile: ['name', 'locale'] },
    responseTypes: ['code'],
    pkce: { required: () => true },
    enabledJWA: { idTokenSigningAlgValues: [KEY_ALGORITHM] },
    clientDefaults: { id_token_signed_response_alg: KEY_ALGORITHM },
    clientBasedCORS: (_ctx, origin) => isLoopback(origin),
    interactions: { policy: prompts, url: (_ctx, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo(_ctx, indicator) {
          if (indicator !== audience) throw new errors.InvalidTarget();
          return {
            audience,
            scope: API_SCOPE,
            accessTokenTTL: tokenSeconds,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: KEY_ALGORITHM } },
          };
        },
      },
    },
    ttl: {
      AccessToken: tokenSeconds,
      ClientCredentials: tokenSeconds,
      AuthorizationCode: 60,
      IdToken: tokenSeconds,
      Interaction: 3_600,
      Session: 28_800,
      Grant: 28_800,
    },
    findAccount(_ctx, id) {
      const person = directory.people.get(id);
      return (
        person && { accountId: id, claims: () => ({ sub: id, name: person.name, locale: person.locale }) }
      );
    },
    extraTokenClaims(_ctx, token) {
      if (token.kind === 'ClientCredentials') {
        const service = directory.services.get(token.clientId ?? '');
        return service && { name: service.name, roles: service.roles, unit: service.unit };
      }
      const person = directory.people.get(token.accountId);
      return person && { name: person.name, roles: person.roles, unit: person.unit, locale: person.locale };
    },
    loadExistingGrant: (ctx) => grantAll(ctx, audience),
    renderError(ctx, { error, error_description: description }) {
      ctx.type = 'html';
      ctx.body = errorPage(error, description);
    },
  };
}

/** Everything asked for is granted: the clients are this project's own. */
async function grantAll({ oidc }: KoaContextWithOIDC, audience: string) {
  const { session, client, provider } = oidc;
  if (!session?.accountId || !client) return undefined;
  const known = session.grantIdFor(client.clientId);
  const existing = known === undefined ? undefined : await provider.Grant.find(known);
  const grant = existing ?? new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope('openid profile');
  grant.addResourceScope(audience, API_SCOPE);
  await grant.save();
  return grant;
}

const isLoopback = (origin: string): boolean =>
  URL.canParse(origin) && ['127.0.0.1', 'localhost'].includes(new URL(origin).hostname);
