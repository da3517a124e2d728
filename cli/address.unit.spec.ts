import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { addressOf, addressText, mustBeFree, withPort } from './address.ts';

it.each([
  ['127.0.0.1:8080', { host: '127.0.0.1', port: 8080 }],
  ['0.0.0.0:0', { host: '0.0.0.0', port: 0 }],
  ['api.example.vn:443', { host: 'api.example.vn', port: 443 }],
  ['[::1]:8080', { host: '::1', port: 8080 }],
])('%s is read, and written the same', (text, address) => {
  expect(addressOf(text)).toEqual(address);
  expect(addressText(address)).toBe(text);
});

it.each(['', '8080', ':8080', '127.0.0.1:', '127.0.0.1:65536', '::1:8080', 'http://127.0.0.1:8080', 'a b:1'])(
  '"%s" is refused as no address',
  (text) => {
    expect(() => addressOf(text)).toThrow('EID_ERR_USAGE');
  },
);

it('port 0 becomes a port that is free, any other stays', async () => {
  const free = await withPort({ host: '127.0.0.1', port: 0 });
  expect(free.port).toBeGreaterThan(0);
  await mustBeFree(free);
  expect(await withPort({ host: '127.0.0.1', port: 9 })).toEqual({ host: '127.0.0.1', port: 9 });
});

it('an address that another process listens at is refused, and named', async () => {
  const server = createServer().listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(mustBeFree({ host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'EID_ERR_ADDRESS_TAKEN',
    details: { address: `127.0.0.1:${port}`, why: 'EADDRINUSE' },
  });
  server.close();
  await once(server, 'close');
  await mustBeFree({ host: '127.0.0.1', port });
});
