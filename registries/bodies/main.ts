import { parseArgs } from 'node:util';
import { pino } from 'pino';
import type { BodyQuestion } from '../../schemas/body.ts';
import { endOfProcess, exitWith, readData, usage } from '../rehearsal/process.ts';
import { runBodyAdapter, type Said } from './adapter.ts';
import { bodyApi } from './api.ts';
import { BodyRecords } from './records.ts';

/**
 * The system of a body as a process: `--api URL --issuer URL --audience NAME --client ID --data FILE.json [--every MS] [--guarded]`, and the
 * secret of the client in ORGEID_BODY_SECRET. Prints one JSON line once it has read its inbox.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      api: { type: 'string' },
      issuer: { type: 'string' },
      audience: { type: 'string', default: 'urn:orgeid:api' },
      client: { type: 'string' },
      data: { type: 'string' },
      every: { type: 'string', default: '2000' },
      guarded: { type: 'boolean', default: false },
    },
  });
  const { api, issuer, audience, client, data, every, guarded } = values;
  const { ORGEID_BODY_SECRET: secret } = process.env;
  if (!api || !issuer || !client || !data) throw usage('--api, --issuer, --client and --data are required');
  if (!secret) throw usage('ORGEID_BODY_SECRET is missing: the secret of the client');
  if (!/^\d{2,6}$/.test(every)) throw usage('--every is a number of milliseconds');
  const records = readData(BodyRecords, data);
  await runBodyAdapter({
    api: bodyApi({ api, issuer, audience, clientId: client, secret }),
    lookup: async ({ code, taxCode }, questions) => saidBy(records, [code, taxCode], questions),
    log: pino({ name: 'body', base: { client } }, pino.destination(2)),
    signal: endOfProcess(guarded),
    everyMs: Number(every),
    onReady: () =>
      process.stdout.write(`${JSON.stringify({ ready: true, party: client, pid: process.pid })}\n`),
  });
}

function saidBy(
  { records, otherwise }: BodyRecords,
  keys: readonly (string | undefined)[],
  questions: readonly BodyQuestion[],
): Said {
  const record = records.find((one) => one.keys.some((key) => keys.includes(key)));
  if (record?.refusal) return { refusal: record.refusal };
  return {
    answers: questions.map(({ id, kind }) => ({ question: id, ...(record?.answers[kind] ?? otherwise) })),
  };
}

exitWith(main());
