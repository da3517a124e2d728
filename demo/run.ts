import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { checkMirror } from '../audit/checkMirror.ts';
import { loadPolicy } from '../policies/load.ts';
import { commandChange } from '../registries/mock/control.ts';
import { tellService } from '../registries/relying/control.ts';
import { spawnBody } from '../registries/spawn.ts';
import type { Policy } from '../schemas/policy.ts';
import { Registry } from '../schemas/registry.ts';
import { auditDir, type System, startSystem } from '../workers/system.ts';
import { type Played, playAccounts } from './accounts/play.ts';
import { proofCounter } from './accounts/proofs.ts';
import { accountCounts, accountResult } from './accounts/results.ts';
import type { World } from './accounts/scene.ts';
import { BODY_SYSTEM, bodyPeople, bodyResults } from './bodies.ts';
import { check, headAndStream } from './checks.ts';
import { disturb } from './disturbances.ts';
import { follow } from './follow.ts';
import { httpClient } from './http/client.ts';
import { createLedger } from './ledger.ts';
import { resultOf, storyOf } from './outcomes.ts';
import { introduce } from './outsiders.ts';
import { play } from './play.ts';
import { DAY_MS, demoPolicy, relyingServices } from './policy.ts';
import { progress } from './progress.ts';
import type { Run } from './report.ts';
import { BROKEN_ROWS, type Sample } from './sample.ts';
import type { Stage } from './stage.ts';
import { takeAway } from './take-away.ts';

const PATIENCE_MS = 180_000;
const LINE_MS = 2_000;

export type DemoOptions = {
  readonly sample: Sample;
  readonly log: Logger;
  /** Takes one line of progress at a time. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Keep data in this folder; a fresh one is made and removed otherwise. */
  readonly keepIn?: string;
  /** Longest wait for the people, in ms; what is not done then is reported as running. */
  readonly patienceMs?: number;
};

/** Starts the whole system in a folder of its own, plays the sample on it, and looks at what became of it. */
export async function runDemo(options: DemoOptions): Promise<{ readonly run: Run; readonly policy: Policy }> {
  const { sample, log, say, keepIn, signal } = options;
  const began = Date.now();
  const policy = demoPolicy(await loadPolicy());
  const dataDir = keepIn ?? (await mkdtemp(join(tmpdir(), 'orgeid-demo-')));
  say(
    'starting PostgreSQL, NATS, Temporal, four registries, three channels, a department’s system, two relying services, a worker, an identity provider and the API',
  );
  try {
    const keepData = keepIn !== undefined;
    const services = relyingServices.map(({ id }) => id);
    const people = join(dataDir, 'people.json');
    await mkdir(dataDir, { recursive: true });
    introduce(people, sample.entries);
    const edge = {
      apiEnv: {
        ORGEID_UNITS_ON: sample.campaign.playedOn,
        ORGEID_DIRECTORY_FILE: sample.peopleFile,
        ORGEID_KEYS_DIR: join(dataDir, 'keys'),
      },
      identityEnv: { ORGEID_DEV_PEOPLE: people },
    };
    const { parties } = sample;
    const system = await startSystem({ dataDir, policy, parties, services, log, keepData, edge });
    try {
      signal.throwIfAborted();
      say(
        `ready after ${Math.round((Date.now() - began) / 1000)} s; one day of the law is ${DAY_MS / 1000} s`,
      );
      return { run: await onStage(system, policy, { ...options, keepIn: dataDir }, began), policy };
    } finally {
      await system.stop();
    }
  } finally {
    if (keepIn === undefined) await rm(dataDir, { recursive: true, force: true });
  }
}

type OnStage = DemoOptions & { readonly keepIn: string };

async function onStage(system: System, policy: Policy, options: OnStage, began: number): Promise<Run> {
  const { sample, say, signal, log } = options;
  const { pool, nc, edge } = system;
  if (!edge) throw new Error('the system was asked for its edge');
  const closing = new AbortController();
  const over = AbortSignal.any([closing.signal, signal]);
  const news = follow(pool, over);
  const ledger = createLedger();
  const stage: Stage = {
    http: httpClient({ url: edge.api.url, wallet: edge.wallet, signal: over }),
    news,
    units: sample.units,
    people: [...sample.people, ...bodyPeople],
    ledger,
    signal: over,
  };
  const counter = await proofCounter(stage.http, system.policy);
  const world: World = {
    stage,
    dayMs: DAY_MS,
    keeperOf(category) {
      const [keeper] = policy.parameters.registries.value[category];
      if (keeper === undefined) throw new Error(`no registry keeps ${category}`);
      return keeper;
    },
    async registry(registry, rumour) {
      await commandChange(nc, registry, rumour);
    },
    async silence(service, number) {
      await tellService(nc, service, { fault: 'SILENT', number });
    },
    showProof: counter.show,
  };
  let played: readonly Played[] = [];
  const shown = progress();
  news.onEvent((event) => shown.take(event));
  const opened = Date.now();
  const countRegistries = disturb(nc, news, say, over);
  const { serviceSecret: secret, issuer, audience, api } = edge;
  const body = await spawnBody({
    ...{
      client: BODY_SYSTEM,
      secret,
      issuer,
      audience,
      api: api.url,
      dataFile: sample.bodyFile,
      everyMs: 400,
      log,
    },
  });
  const line = () => say(shown.line(Math.round((Date.now() - opened) / 1000)));
  const lines = setInterval(line, LINE_MS);
  const patience = setTimeout(() => closing.abort(), options.patienceMs ?? PATIENCE_MS);
  try {
    await play(stage, sample.entries, closing, async () => {
      say('the requests are done; now the accounts live on');
      played = await playAccounts(world, sample.entries);
    });
  } finally {
    clearInterval(lines);
    clearTimeout(patience);
    closing.abort();
    await body.stop();
    await news.done.catch(() => undefined);
  }
  signal.throwIfAborted();
  line();
  const registries = await countRegistries(Registry.options);
  const heads = await headAndStream(pool, nc);
  const results = await Promise.all(sample.entries.map((entry) => resultOf(pool, entry, ledger)));
  const accounts = await Promise.all(played.map((one) => accountResult(pool, one)));
  const counts = { ...(await accountCounts(pool)), ...counter.counts };
  const statuses = (await checkMirror(nc, pool)).map(({ key, what }) => `${key} ${what}`);
  const rejected = { found: sample.rejected.length, wanted: BROKEN_ROWS };
  const bodies = await bodyResults(pool, sample.entries, ledger);
  const takenAway = await takeAway(system, auditDir(options.keepIn), storyOf(results), say);
  const checks = await check(pool, heads, results, accounts, statuses, rejected, bodies, takenAway);
  return {
    results,
    accounts,
    counts,
    registries,
    bodies,
    takenAway,
    checks,
    ...heads,
    seconds: Math.round((Date.now() - began) / 100) / 10,
  };
}
