import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { Worker } from '@temporalio/worker';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../engines/ports.ts';
import { workflowBundle } from '../../workers/bundle.ts';
import { installTelemetry, tracingSinks } from '../../workers/telemetry.ts';
import { type CollectedSpan, startCollector } from '../support/collector.ts';
import { ask, callerAs, problem } from '../support/http.ts';
import { officers, registrant } from '../support/requests.ts';
import { startTestSystem, type TestSystem } from '../support/system.ts';
import { deed, edgeIn, filing, sendTo } from './trouble.ts';

const silent = pino({ level: 'silent' });
let system: TestSystem;
let collector: Awaited<ReturnType<typeof startCollector>>;
let workerMetrics: string;
let apiMetrics: string;
const edge = () => edgeIn(system);
const url = () => edge().api.url;

beforeAll(async () => {
  collector = await startCollector();
  workerMetrics = `127.0.0.1:${await freePort()}`;
  apiMetrics = `127.0.0.1:${await freePort()}`;
  // Of this process's environment, since the parties inherit it.
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.endpoint;
  process.env.OTEL_BSP_SCHEDULE_DELAY = '200';
  system = await startTestSystem({
    organisations: 6,
    absent: new Set([2]),
    workerEnv: { ORGEID_METRICS_ADDRESS: workerMetrics },
    api: {
      ORGEID_API_METRICS_ADDRESS: apiMetrics,
      ORGEID_REQUEST_TIMEOUT_MS: '1500',
      ORGEID_RATE_PER_MINUTE: '30',
      ORGEID_REFUSED_TOKENS_PER_MINUTE: '5',
    },
  });
});

afterAll(async () => {
  await system?.stop();
  await collector?.stop();
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
});

describe('a trace', () => {
  const traceId = randomBytes(16).toString('hex');
  const caller = randomBytes(8).toString('hex');
  const ofTrace = () => collector.spans().filter((span) => span.traceId === traceId);
  let stream = '';

  it('joins HTTP, workflow, activities and adapters, from the caller’s own span on', async () => {
    const owner = callerAs(edge(), registrant(1).id);
    const headers = { traceparent: `00-${traceId}-${caller}-01` };
    const answer = await owner.post('/registrations', filing(1), { headers });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    stream = answer.body.stream;
    await system.watch.untilStatus(stream, 'PENDING_PROPOSAL');
    const wanted = [
      'orgeid-api POST /v1/registrations',
      'orgeid-worker HandleUpdate:command',
      'orgeid-worker RunActivity:record',
      'orgeid-worker RunActivity:callRegistry',
      'orgeid-party-business answer BUSINESS',
      'orgeid-party-tax answer TAX',
      'orgeid-party-population answer POPULATION',
      'orgeid-worker settle answer',
    ];
    await vi.waitFor(
      () => {
        const names = ofTrace().map(({ service, name }) => `${service} ${name}`);
        expect(wanted.filter((name) => !names.includes(name))).toEqual([]);
      },
      { timeout: 30_000, interval: 100 },
    );
  });

  it('has each span under one of its own, up to the caller’s', () => {
    const spans = ofTrace();
    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(ids.size).toBe(spans.length);
    const roots = spans.filter(({ parentSpanId = '' }) => !ids.has(parentSpanId));
    expect(roots.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
      ['POST /v1/registrations', caller],
    ]);
    const above = (span: CollectedSpan): string[] => {
      const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
      return parent ? [parent.name, ...above(parent)] : [];
    };
    const adapter = spans.find(({ name }) => name === 'answer TAX');
    expect(adapter && above(adapter)).toEqual([
      'RunActivity:callRegistry',
      'HandleUpdate:command',
      'UpdateWithStartWorkflow:command',
      'POST /v1/registrations',
    ]);
  });

  it('says nothing of persons, organisations or what was typed, of a refusal neither', async () => {
    const stranger = callerAs(edge(), registrant(3).id);
    const refused = await stranger.post(`/registrations/${stream}/withdraw-request`, {});
    expect(refused.status).toBe(404);
    await vi.waitFor(() => {
      const found = collector
        .spans()
        .some(({ attributes }) => JSON.stringify(attributes).includes('EID_ERR_CASE_UNKNOWN'));
      expect(found).toBe(true);
    }, 10_000);
    const text = JSON.stringify(collector.spans());
    const { dossier } = filing(1);
    const { registrant: person, organisation } = dossier;
    for (const secret of [person.name, person.number, person.mobile, organisation.nameVi, organisation.code])
      expect(text).not.toContain(secret);
    expect(text).not.toContain(registrant(3).id);
    expect(text).not.toMatch(/exception\.(message|stacktrace)/);
  });

  it('leaves a history that replays, and would be the same without the trace', async () => {
    installTelemetry(silent, undefined);
    const history = await system.temporal.workflow.getHandle(stream).fetchHistory();
    const events = history.events ?? [];
    const scheduled = events.map((event) => event.activityTaskScheduledEventAttributes?.header);
    expect(JSON.stringify(scheduled)).toContain('_tracer-data');
    const options = {
      workflowBundle: await workflowBundle(silent),
      sinks: tracingSinks(undefined),
      replayName: 'traced',
    };
    await Worker.runReplayHistory(options, history);
    for (const event of events) {
      const input = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
      if (input) input.header = null;
      const start = event.workflowExecutionStartedEventAttributes;
      if (start) start.header = null;
    }
    await Worker.runReplayHistory(options, history);
  });
});

describe('metrics', () => {
  const read = async (address: string) => (await ask(`http://${address}/metrics`)).body as string;
  const value = (text: string, start: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(start))
        ?.split(' ')
        .at(-1),
    );

  it('count requests, problems and durations by route and never by id', async () => {
    const reader = callerAs(edge(), registrant(4).id);
    const before = await read(apiMetrics);
    for (let n = 0; n < 3; n += 1) await reader.get('/registrations/registration-none');
    await ask(`${url()}/nowhere/at-all`);
    const text = await read(apiMetrics);
    const route = '{method="GET",route="/v1/registrations/:stream"';
    const grown = (start: string) => value(text, start) - (value(before, start) || 0);
    expect(grown(`orgeid_http_requests_total${route},status="404"}`)).toBe(3);
    expect(grown(`orgeid_http_request_duration_seconds_count${route}}`)).toBe(3);
    expect(
      grown('orgeid_http_problems_total{route="/v1/registrations/:stream",code="EID_ERR_CASE_UNKNOWN"}'),
    ).toBe(3);
    expect(text).not.toContain('registration-none');
    expect(text).not.toContain('nowhere');
    for (const name of ['nodejs_eventloop_lag_seconds', 'orgeid_pool_connections', 'orgeid_http_under_way'])
      expect(value(text, name)).toBeGreaterThanOrEqual(0);
  });

  it('say how much work lies open and how old it is', async () => {
    const filed = await sendTo(edge(), url(), deed(registrant(2).id, '/registrations', filing(2)));
    await system.watch.untilStatus(filed.body.stream, 'LOCAL_VERIFICATION');
    await vi.waitFor(
      async () => {
        const text = await read(apiMetrics);
        expect(value(text, 'orgeid_tasks_open{kind="VERIFY"}')).toBe(1);
        expect(value(text, 'orgeid_queue_age_seconds{kind="VERIFY"}')).toBeGreaterThan(0);
        expect(value(text, 'orgeid_tasks_overdue{kind="VERIFY"}')).toBe(0);
      },
      { timeout: 30_000, interval: 500 },
    );
  });

  it('are not for callers', async () => {
    expect((await ask(`${url()}/metrics`)).status).toBe(404);
    expect((await ask(`http://${apiMetrics}/v1/registrations`)).status).toBe(404);
  });

  it('of a worker say how far the relay is behind the log', async () => {
    await vi.waitFor(
      async () => {
        const text = await read(workerMetrics);
        expect(value(text, 'orgeid_log_head')).toBeGreaterThan(0);
        expect(value(text, 'orgeid_relay_lag')).toBe(0);
      },
      { timeout: 30_000, interval: 500 },
    );
  });
});

describe('limits', () => {
  /** What comes back for bytes that are sent with pauses; ends when the other side closes. */
  const raw = (parts: readonly string[], everyMs: number) =>
    new Promise<string>((resolve) => {
      const { hostname, port } = new URL(url());
      const socket = connect(Number(port), hostname);
      let text = '';
      let turn = 0;
      const timer = setInterval(() => socket.write(parts[turn++ % parts.length] ?? ''), everyMs);
      socket.on('data', (chunk) => {
        text += chunk.toString('utf8');
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        clearInterval(timer);
        resolve(text);
      });
    });

  const dripping = (drop: string) => Array.from({ length: 200 }, () => drop);

  it('a body that drips in is cut off with 408', async () => {
    const token = await edge().wallet.person(registrant(5).id);
    const head = `POST /v1/registrations HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token.replace(/^Bearer /, '')}\r\nidempotency-key: slow-slow-slow\r\ncontent-type: application/json\r\ncontent-length: 10000\r\n\r\n`;
    const answer = await raw([head, ...dripping(' ')], 100);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('EID_ERR_TOO_SLOW');
    expect(answer).toContain('application/problem+json');
  });

  it('headers that drip in, or are too long, are refused', async () => {
    expect(await raw(['GET /health HTTP/1.1\r\n', ...dripping('x: y\r\n')], 200)).toMatch(/^HTTP\/1\.1 408 /);
    const long = await raw([`GET /health HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`], 50);
    expect(long).toMatch(/^HTTP\/1\.1 431 /);
    expect(long).toContain('EID_ERR_HEADERS_TOO_LARGE');
    expect(await raw(['nonsense\r\n\r\n'], 50)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('a body that is too large is 413, and every answer has the headers that browsers keep to', async () => {
    const big = { ...filing(5), note: 'x'.repeat(300_000) };
    const answer = await sendTo(edge(), url(), deed(registrant(5).id, '/registrations', big));
    expect(problem(answer)).toMatchObject({ status: 413, code: 'EID_ERR_TOO_LARGE' });
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('strict-transport-security')).not.toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('a caller who asks too often is told when to come back, and nobody else is', async () => {
    const hasty = callerAs(edge(), officers.desk.id);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => hasty.get('/registrations/registration-none')),
    );
    const late = answers.filter(({ status }) => status === 429);
    expect(late.length).toBe(10);
    for (const one of late) {
      expect(problem(one).code).toBe('EID_ERR_TOO_MANY');
      expect(Number(one.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const other = await callerAs(edge(), officers.head.id).get('/registrations/registration-none');
    expect(other.status).toBe(404);
  });

  it('an address that tries tokens is slowed down, and those with good ones at the same address are not', async () => {
    const tries = await Promise.all(
      Array.from({ length: 9 }, () =>
        ask(`${url()}/v1/registrations/registration-none`, { headers: { authorization: 'Bearer a.b.c' } }),
      ),
    );
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(4);
    const good = await callerAs(edge(), officers.head.id).get('/registrations/registration-none');
    expect(good.status).toBe(404);
  });
});
