import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { endWithParent } from '../../processes/parent.ts';
import { others } from '../support/edge.ts';
import { issue, send, streamOf } from '../support/play.ts';
import { filingOf, jurisdiction, officers, registrant } from '../support/requests.ts';
import { startTestSystem, type TestSystem } from '../support/system.ts';
import { withRealCases } from './realCases.ts';

/**
 * Starts a whole system with cases in many states, writes its OpenAPI document (with the names of these cases among what may be tried) and
 * tokens of people of every kind into the folder of the first argument, says `{"ready":true,"url":…}`, and serves until SIGTERM.
 */
const [folder = ''] = process.argv.slice(2);
const ORGANISATIONS = 8;
const stop = new AbortController();
endWithParent(stop);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

const people = [
  registrant(1),
  officers.desk,
  officers.head,
  officers.proposer,
  officers.director,
  officers.callCentre,
  others.auditor,
];

async function prepare(system: TestSystem): Promise<string[]> {
  const request = (n: number) => send(system, streamOf(n), registrant(n), 'FileRequest', filingOf(n));
  await Promise.all([request(1), request(2), request(3), issue(system, 4), issue(system, 5)]);
  const order = 'lock-order-interop';
  await send(system, order, officers.desk, 'FileLockOrder', {
    channel: 'IN_PERSON_TK03',
    form: {
      action: 'LOCK',
      authority: { kind: 'PROCEEDING_AGENCY', contact: { id: others.authority.id, name: 'Viện kiểm sát' } },
      number: '1',
      document: { number: '12/QĐ', date: '2025-02-28' },
      reason: 'thử nghiệm',
    },
    reception: jurisdiction.reception,
    catalogueVersion: jurisdiction.catalogueVersion,
  });
  await system.watch.untilStatus(streamOf(1), 'LOCAL_VERIFICATION');
  await system.watch.untilStatus(streamOf(3), 'PENDING_PROPOSAL');
  const { rows } = await system.pool.query<{ stream: string }>(
    'select stream from orgeid.cases order by stream',
  );
  return rows.map(({ stream }) => stream);
}

const system = await startTestSystem({
  organisations: ORGANISATIONS,
  absent: new Set([1, 2]),
  api: {
    ORGEID_RATE_PER_MINUTE: '10000000',
    ORGEID_REFUSED_TOKENS_PER_MINUTE: '10000000',
    ORGEID_STREAMS_PER_CALLER: '1000',
  },
  tokenSeconds: 3_600,
});
try {
  const { edge } = system;
  if (!edge) throw new Error('the system has no API');
  const streams = await prepare(system);
  const document = await (await fetch(`${edge.api.url}/openapi.json`)).json();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(withRealCases(document, streams)));
  for (const { id } of people) writeFileSync(join(folder, `${id}.token`), await edge.wallet.person(id));
  const names = people.map(({ id }) => id);
  process.stdout.write(`${JSON.stringify({ ready: true, url: edge.api.url, people: names })}\n`);
  if (!stop.signal.aborted) await new Promise((resolve) => stop.signal.addEventListener('abort', resolve));
} finally {
  await system.stop();
  process.stdin.destroy();
}
