import { once } from 'node:events';
import { createServer } from 'node:net';
import { DomainError } from '../domain/error.ts';
import { freePort } from '../engines/ports.ts';

export type Address = { readonly host: string; readonly port: number };

/** Reads `HOST:PORT`, an IPv6 host in brackets. @throws DomainError EID_ERR_USAGE */
export function addressOf(text: string): Address {
  const [, bracketed, plain, digits = ''] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port > 65_535)
    throw new DomainError('EID_ERR_USAGE', { reason: `"${text}" is not HOST:PORT` });
  return { host, port };
}

export const addressText = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** The address with a port: port 0 becomes one that is free now. */
export const withPort = async (address: Address): Promise<Address> =>
  address.port === 0 ? { ...address, port: await freePort() } : address;

/** @throws DomainError EID_ERR_ADDRESS_TAKEN when this process could not listen there now */
export async function mustBeFree(address: Address): Promise<void> {
  const server = createServer();
  try {
    server.listen({ ...address, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new DomainError('EID_ERR_ADDRESS_TAKEN', { address: addressText(address), why });
  }
  server.close();
  await once(server, 'close');
}
