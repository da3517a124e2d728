import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

/** Where people sign in on the reference page, and as which client. */
export type SignIn = {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
};

/** The browsable reference at `/docs`, made from the same document as everything else. */
export async function serveReference(app: FastifyInstance, signIn: SignIn | undefined): Promise<void> {
  const origins = signIn ? [new URL(signIn.tokenUrl).origin] : [];
  // The provider's window tells the page of the sign-in through its opener, which another origin loses under a stricter policy.
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/docs')) reply.header('cross-origin-opener-policy', 'unsafe-none');
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { deepLinking: true, docExpansion: 'none', filter: true, persistAuthorization: false },
    ...(signIn
      ? {
          initOAuth: {
            clientId: signIn.clientId,
            scopes: ['openid', 'api'],
            usePkceWithAuthorizationCodeGrant: true,
          },
        }
      : {}),
    staticCSP: true,
    // The page asks the provider for its token; and what is served without TLS, on one machine, stays reachable.
    transformStaticCSP: (policy) =>
      `${policy.replace('upgrade-insecure-requests;', '')} connect-src ${["'self'", ...origins].join(' ')};`,
  });
}
