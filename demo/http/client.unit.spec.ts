import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { errorTable } from '../../schemas/errors.ts';
import { type Http, httpClient } from './client.ts';

type Canned = {
  readonly status: number;
  readonly type?: string;
  readonly body: unknown;
  readonly after?: string;
};
type Heard = Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { readonly body: string };

const Shape = z.strictObject({ n: z.number() });
const heard: Heard[] = [];
let answers: Canned[] = [];
let http: Http;

const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += String(part);
  heard.push({ method: request.method, url: request.url, headers: request.headers, body });
  const {
    status,
    type = 'application/json',
    body: said,
    after,
  } = answers.shift() ?? { status: 500, body: '' };
  response.writeHead(status, {
    'content-type': type,
    ...(after === undefined ? {} : { 'retry-after': after }),
  });
  const bytes = Buffer.from(typeof said === 'string' ? said : JSON.stringify(said));
  const cut = bytes.indexOf('ở') + 1; // within the letter, where there is one
  response.write(bytes.subarray(0, cut), () => response.end(bytes.subarray(cut)));
});

const problem = (code: keyof typeof errorTable, details = {}): Canned => ({
  status: errorTable[code].status,
  type: 'application/problem+json; charset=utf-8',
  body: {
    type: `urn:orgeid:problem:${code}`,
    title: 'x',
    status: errorTable[code].status,
    code,
    next: 'x',
    details,
    correlationId: 'x',
  },
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const wallet = { person: async (id: string) => `Bearer of-${id}` };
  http = httpClient({ url: `http://127.0.0.1:${port}`, wallet, signal: new AbortController().signal });
});
beforeEach(() => {
  heard.length = 0;
});
afterAll(() => server.close());

it('what is read has the shape that was asked for, and is asked with the token of the person', async () => {
  answers = [{ status: 200, body: { n: 1 } }];
  expect(await http.get('lan', '/x', Shape)).toEqual({ n: 1 });
  expect(heard).toMatchObject([
    { method: 'GET', url: '/v1/x', headers: { authorization: 'Bearer of-lan' }, body: '' },
  ]);
  answers = [{ status: 200, body: { n: 'one' } }];
  await expect(http.get('lan', '/x', Shape)).rejects.toThrow(z.ZodError);
});

it('what is published is read by nobody in particular', async () => {
  answers = [{ status: 200, body: { n: 1 } }];
  await http.get(undefined, '/x', Shape);
  expect(heard[0]?.headers.authorization).toBeUndefined();
});

it('a refusal is told by its code and details, and not sent again', async () => {
  answers = [problem('EID_ERR_DOSSIER_NOT_VALID', { ineligible: ['NOT_ELIGIBLE'] })];
  await expect(http.post('lan', '/x', {}, 'key', Shape)).rejects.toMatchObject({
    code: 'EID_ERR_DOSSIER_NOT_VALID',
    details: { ineligible: ['NOT_ELIGIBLE'] },
  });
  expect(heard).toHaveLength(1);
});

it('what nothing answered is sent again under the same key, and no more often than four times', async () => {
  answers = [
    { ...problem('EID_ERR_UNAVAILABLE'), after: '0.01' },
    { status: 201, body: { n: 2 } },
  ];
  expect(await http.post('lan', '/x', { a: 1 }, 'key-1', Shape)).toEqual({ n: 2 });
  expect(heard.map(({ headers, body }) => [headers['idempotency-key'], body])).toEqual([
    ['key-1', '{"a":1}'],
    ['key-1', '{"a":1}'],
  ]);
  heard.length = 0;
  answers = Array.from({ length: 9 }, () => ({ ...problem('EID_ERR_UNAVAILABLE'), after: '0.01' }));
  await expect(http.post('lan', '/x', {}, 'key-2', Shape)).rejects.toMatchObject({
    code: 'EID_ERR_UNAVAILABLE',
  });
  expect(heard).toHaveLength(4);
});

it('an answer that is no problem of the API is no refusal of it', async () => {
  answers = [{ status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' }];
  await expect(http.get('lan', '/x', Shape)).rejects.toThrow(/502 and no problem: <h1>Bad gateway/);
});

it('a stream of events comes line by line, wherever it was cut on the way', async () => {
  answers = [{ status: 200, type: 'text/event-stream', body: 'id: 1\nevent: inbox\ndata: {"ở":1}\n\n' }];
  const lines: string[] = [];
  for await (const line of await http.follow('lan', '/x', new AbortController().signal)) lines.push(line);
  expect(lines).toEqual(['id: 1', 'event: inbox', 'data: {"ở":1}', '']);
});
