import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { connectBus } from '../../../bus/connect.ts';
import { openBus } from '../../../registries/check/bus.ts';
import { adapterProcess } from '../../../registries/check/process.ts';
import { questionsOf } from '../../../registries/check/questions.ts';
import { type CheckReport, itemLines, summaryLine } from '../../../registries/check/report.ts';
import { checkAdapter } from '../../../registries/check/run.ts';
import { print, printJson } from '../../output.ts';
import { type CheckOptions, casesOf, onlyOf, wholeNumber } from './options.ts';
import { type CheckServer, givenServer, ownServer } from './server.ts';

/**
 * Runs the conformance check and prints its report as it comes.
 *
 * @returns exit code: 0 no item failed, 1 one did
 * @throws DomainError EID_ERR_USAGE, EID_ERR_FILE; EngineError where the own server cannot be started
 */
export async function runCheck(options: CheckOptions): Promise<0 | 1> {
  const cases = casesOf(options);
  const only = onlyOf(options);
  const limits = {
    timeoutMs: wholeNumber('timeout', options.timeout, 1, 3_600) * 1_000,
    startMs: wholeNumber('start', options.start, 1, 3_600) * 1_000,
    burst: wholeNumber('burst', options.burst, 2, 100_000),
  };
  // Without this the process ends with no exit event, and the adapter that it started goes on.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const server = options.nats === undefined ? await ownServer(options.party) : givenServer(options);
  try {
    const report = await checkOn(server, options, { cases, ...limits }, only);
    if (options.json) printJson(report);
    else print(`\n${summaryLine(report)}`);
    return report.ok ? 0 : 1;
  } finally {
    await server.stop();
  }
}

async function checkOn(
  server: CheckServer,
  { party, run: command, json }: CheckOptions,
  given: Pick<Parameters<typeof checkAdapter>[0], 'cases' | 'timeoutMs' | 'startMs' | 'burst'>,
  only: ReadonlySet<string> | undefined,
): Promise<CheckReport> {
  const run = randomBytes(5).toString('hex');
  const env = { ...server.adapterEnv, ORGEID_PARTY: party };
  const nc = await connectBus({ servers: server.url, name: 'adapter-check' });
  try {
    const bus = await openBus(nc, party, run);
    if (command === undefined) process.stderr.write(waiting(env));
    const report = await checkAdapter(
      {
        party,
        ...given,
        bus,
        questions: questionsOf(party, run),
        process: command === undefined ? undefined : adapterProcess(command, env),
        credentials: server.credentials,
      },
      {
        ...(only === undefined ? {} : { only }),
        onItem: (item) => {
          if (!json) print(itemLines(item).join('\n'));
        },
      },
    );
    await bus.close();
    return report;
  } finally {
    await nc.close();
  }
}

const waiting = (env: Readonly<Record<string, string>>): string => {
  const lines = Object.entries(env).map(([name, value]) => `  ${name}=${value}`);
  return ['Start the adapter with this environment:', ...lines, '', ''].join('\n');
};
