import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { connectBus } from '../../bus/connect.ts';
import { bridgeAdapter } from '../../registries/bridge/adapter.ts';
import { BridgeConfig, readBridgeConfig } from '../../registries/bridge/config.ts';
import { openBus } from '../../registries/check/bus.ts';
import { subjectOf } from '../../registries/check/cases.ts';
import { adapterProcess } from '../../registries/check/process.ts';
import { questionsOf } from '../../registries/check/questions.ts';
import { checkAdapter } from '../../registries/check/run.ts';
import type { ToldChange } from '../../registries/kit/adapter.ts';
import { taxQuery } from '../bus/questions.ts';
import { useEngines } from '../support/engines.ts';
import { freshFolder } from '../support/folder.ts';
import { admitAdapter } from './admit.ts';

const engines = useEngines(['nats']);
const SECRET = 'a-secret-of-the-test';
const main = fileURLToPath(new URL('../../registries/bridge/main.ts', import.meta.url));

const record = {
  meta: { request: 'GDT-7' },
  result: {
    ten: 'CÔNG TY TNHH VÍ DỤ',
    diaChi: 'Số 1 đường Ví Dụ',
    mst: 9000000001,
    trangThai: '00',
    tu: '2020-01-02',
  },
};

/** One way of a registry's API to behave, by tax code. */
const ways: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '9000000001': (response) => json(response, 200, record),
  '9000000002': (response) => json(response, 200, { result: null, code: 'NONE' }),
  '9000000403': (response) => json(response, 403, {}),
  '9000000429': (response) => json(response.setHeader('Retry-After', '7'), 429, {}),
  '9000000500': (response) => json(response, 500, { error: 'database' }),
  '9000000600': (response) => void response.writeHead(200).end('<html>maintenance</html>'),
  '9000000601': (response) => json(response, 200, { result: { ...record.result, trangThai: '77' } }),
  '9000000700': () => {},
  '9000000302': (response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
};

const changesPages: Readonly<Record<string, unknown>> = {
  '0': { items: [changeItem('1'), changeItem('2')], next: 'p2' },
  p2: { items: [changeItem('3')], next: 'p3' },
  p3: { items: [], next: 'p3' },
};

function changeItem(id: string) {
  return {
    id,
    at: '2025-04-02T08:00:00+07:00',
    mst: '9000000001',
    diaChi: `Số ${id} đường Ví Dụ`,
    trangThai: '03',
  };
}

const json = (response: ServerResponse, status: number, body: unknown) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** A registry with an HTTP API, and what was asked of it. */
async function registry() {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    const url = new URL(request.url ?? '/', 'http://registry');
    if (request.headers.authorization !== `Bearer ${SECRET}`) return json(response, 401, {});
    if (url.pathname === '/changes')
      return json(response, 200, changesPages[url.searchParams.get('since') ?? '']);
    const way = ways[decodeURIComponent(url.pathname.slice('/org/'.length))];
    return way ? way(response) : json(response, 404, {});
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const statuses = { pointer: '/trangThai', map: { '00': 'ACTIVE', '03': 'CEASED' } };
const configOf = (url: string) => ({
  registry: 'TAX',
  concurrency: 16,
  lookup: {
    url: `${url}/org/{subject.taxCode|subject.code}?fields={fields}`,
    headers: { authorization: { env: 'GDT_TOKEN', prefix: 'Bearer ' } },
    timeoutMs: 300,
    outcomes: [
      { when: { status: 200, body: { pointer: '/code', equals: 'NONE' } }, means: 'NOT_FOUND' },
      { when: { status: 200, body: { pointer: '/result', present: true } }, means: 'FOUND' },
      { when: { status: 404 }, means: 'NOT_FOUND' },
      { when: { status: [401, 403] }, means: 'REFUSED', reason: 'NOT_AUTHORISED' },
      { when: { status: 429 }, means: 'TRY_LATER', retryAfterMs: 1_000 },
    ],
    record: {
      reference: '/meta/request',
      status: { ...statuses, pointer: '/result/trangThai' },
      statusSince: '/result/tu',
      values: { name_vi: '/result/ten', address: '/result/diaChi', tax_code: '/result/mst' },
    },
  },
  changes: {
    url: `${url}/changes?since={cursor}`,
    headers: { authorization: { env: 'GDT_TOKEN', prefix: 'Bearer ' } },
    items: '/items',
    next: '/next',
    everyMs: 60_000,
    item: {
      id: '/id',
      changedAt: '/at',
      subject: { taxCode: '/mst' },
      values: { address: '/diaChi' },
      status: statuses,
    },
  },
});

const env = { GDT_TOKEN: SECRET };
const context = { signal: new AbortController().signal, log: pino({ level: 'silent' }) };
const bridgeTo = (url: string) => bridgeAdapter(BridgeConfig.parse(configOf(url)), env);
const about = (taxCode: string | undefined) =>
  taxQuery({
    subject: {
      category: 'ENTERPRISE',
      nameVi: 'Công ty TNHH Ví Dụ',
      ...(taxCode === undefined ? {} : { taxCode }),
    },
  });

describe('the bridge to a registry with an HTTP API', () => {
  it('finds a record, with the values that were asked for and the registry’s own reference', async () => {
    const { url, asked } = await registry();
    expect(await bridgeTo(url).lookup(about('9000000001'), context)).toEqual({
      outcome: 'FOUND',
      reference: 'GDT-7',
      status: 'ACTIVE',
      statusSince: '2020-01-02',
      values: { name_vi: 'CÔNG TY TNHH VÍ DỤ', address: 'Số 1 đường Ví Dụ' },
    });
    expect(asked[0]?.url).toBe('/org/9000000001?fields=name_vi%2Caddress%2Crepresentative_name');
  });

  it.each([
    { what: 'a record that is not there, by status', code: '9999999999', result: { outcome: 'NOT_FOUND' } },
    { what: 'a record that is not there, by body', code: '9000000002', result: { outcome: 'NOT_FOUND' } },
    { what: 'a refusal', code: '9000000403', result: { outcome: 'REFUSED', reason: 'NOT_AUTHORISED' } },
    {
      what: 'a query without what the address names',
      code: undefined,
      result: { outcome: 'REFUSED', reason: 'UNANSWERABLE' },
    },
    {
      what: 'a registry that asks for a pause, as it says',
      code: '9000000429',
      result: { outcome: 'UNAVAILABLE', cause: 'BUSY', retryAfterMs: 7_000 },
    },
    {
      what: 'a registry that is slow',
      code: '9000000700',
      result: { outcome: 'UNAVAILABLE', cause: 'BUSY' },
    },
  ])('tells $what', async ({ code, result }) => {
    const { url } = await registry();
    expect(await bridgeTo(url).lookup(about(code), context)).toMatchObject(result);
  });

  it.each([
    { what: 'a failure of the registry', code: '9000000500' },
    { what: 'what is no JSON', code: '9000000600' },
    { what: 'a status that nobody mapped', code: '9000000601' },
    { what: 'a redirect, with which the secret would go', code: '9000000302' },
  ])('takes $what for broken, never for "not found"', async ({ code }) => {
    const { url } = await registry();
    const lookup = async () => bridgeTo(url).lookup(about(code), context);
    await expect(lookup()).rejects.toThrow(/HTTP \d+|not mapped/);
  });

  it('puts a value into the address encoded', async () => {
    const { url, asked } = await registry();
    await bridgeTo(url).lookup(about('../changes?since=0&x='), context);
    expect(asked[0]?.url).toMatch(/^\/org\/\.\.%2Fchanges%3Fsince%3D0%26x%3D\?/);
  });

  it('tells the changes page by page, and where to go on after each', async () => {
    const { url } = await registry();
    const { changes } = bridgeTo(url);
    const told: ToldChange[] = [];
    for await (const change of changes?.({ since: undefined, ...context }) ?? []) told.push(change);
    expect(told.map(({ id, cursor }) => [id, cursor])).toEqual([
      ['TAX-1', '0'],
      ['TAX-2', 'p2'],
      ['TAX-3', 'p3'],
    ]);
    expect(told[0]).toMatchObject({
      changedAt: '2025-04-02T01:00:00.000Z',
      subject: { taxCode: '9000000001' },
      values: { address: 'Số 1 đường Ví Dụ' },
      status: 'CEASED',
    });
  });

  it.each([
    ['an unknown field', { extra: 1 }, 'Unrecognized key'],
    [
      'a placeholder that is not known',
      { lookup: { url: 'http://h/{subject.secret}' } },
      'lookup.url has a placeholder',
    ],
    [
      'a host that a query could choose',
      { lookup: { url: 'http://{subject.code}/' } },
      'lookup.url is an http',
    ],
    ['no outcome', { lookup: { outcomes: [] } }, 'lookup.outcomes'],
  ])('refuses a configuration with %s, and names the place', (_, change, told) => {
    const base = configOf('http://registry');
    const lookup = { ...base.lookup, ...('lookup' in change ? change.lookup : {}) };
    const file = join(freshFolder(), 'bridge.yaml');
    writeFileSync(file, stringify({ ...base, ...change, lookup }));
    expect(() => readBridgeConfig(file)).toThrow('EID_ERR_USAGE');
    expect(() => readBridgeConfig(file)).toThrow(told);
  });

  it('does not start without the secret that its configuration names', () => {
    const config = BridgeConfig.parse(configOf('http://registry'));
    expect(() => bridgeAdapter(config, {})).toThrow('GDT_TOKEN is missing');
  });

  it('passes the conformance check as a process of its own, changes included', {
    timeout: 180_000,
  }, async () => {
    const { url } = await registry();
    const file = join(freshFolder(), 'bridge.yaml');
    writeFileSync(file, stringify(configOf(url)));
    const servers = engines().nats.url;
    const nc = await connectBus({ servers, name: 'check' });
    onTestFinished(() => nc.close());
    const run = randomBytes(4).toString('hex');
    const bus = await openBus(nc, 'TAX', run);
    const admitted = await admitAdapter(engines().nats, 'TAX');
    const command = `"${process.execPath}" --import tsx ${main} --config ${file}`;
    const report = await checkAdapter({
      party: 'TAX',
      cases: {
        known: subjectOf('TAX', '9000000001'),
        unknown: subjectOf('TAX', '9999999999'),
        refused: subjectOf('TAX', '9000000403'),
        unavailable: subjectOf('TAX', '9000000429'),
      },
      bus,
      questions: questionsOf('TAX', run),
      process: adapterProcess(command, { ...admitted.env, ...env }),
      credentials: admitted.credentials,
      timeoutMs: 10_000,
      startMs: 60_000,
      burst: 100,
    });
    await bus.close();
    expect(report.items.filter(({ status }) => status === 'FAILED')).toEqual([]);
    expect(report.items.find(({ name }) => name === 'changes')?.status).toBe('PASSED');
    expect(report.items.find(({ name }) => name === 'restart-killed')?.status).toBe('PASSED');
  });
});
