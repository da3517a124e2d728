/** How `@nats-io/transport-node` wants to be told about servers and a user. */
export type NatsAddress = { readonly servers: string[]; readonly user?: string; readonly pass?: string };

/**
 * Reads `nats://user:password@host-1:4222,host-2:4222`. The client takes neither a list nor a password from a URL: of
 * several servers it would use one, and it would connect as nobody. The user is the first one named.
 */
export function natsAddress(url: string): NatsAddress {
  const urls = url.split(',').map((part) => new URL(part.includes('://') ? part : `nats://${part}`));
  const servers = urls.map((one) => `${one.hostname}:${one.port || '4222'}`);
  const named = urls.find((one) => one.username !== '');
  if (!named) return { servers };
  return { servers, user: decodeURIComponent(named.username), pass: decodeURIComponent(named.password) };
}
