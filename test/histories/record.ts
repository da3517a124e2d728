import { startTestSystem } from '../support/system.ts';
import { createKeeper } from './keep.ts';
import { accountActivationPlays } from './plays/account-activation.ts';
import { accountChangePlays } from './plays/account-changes.ts';
import { accountLockPlays } from './plays/account-locks.ts';
import { lastPlays } from './plays/last.ts';
import { lockOrderPlays } from './plays/lock-orders.ts';
import { filingPlays } from './plays/registration-filing.ts';
import { registryPlays } from './plays/registration-registries.ts';
import { verifyingPlays } from './plays/registration-verifying.ts';
import { runPlays } from './plays/runs.ts';
import { singletonPlays } from './plays/singletons.ts';
import { verificationPlays } from './plays/verifications.ts';
import { KNOWN, type Play, type Stage, underPolicy } from './stage.ts';

/**
 * Plays every workflow into every state in which it waits, on real engines, and writes the histories to
 * `test/histories/<version of package.json>/`, where a test replays them against the code of the day. `npm run histories`,
 * before a release; `npm run histories verification` writes only those whose name begins so.
 */
const [, , only = ''] = process.argv;
/** At once, each with organisations of its own. */
const together: readonly Play[] = [
  ...filingPlays,
  ...registryPlays,
  ...verifyingPlays,
  ...accountActivationPlays,
  ...accountLockPlays,
  ...accountChangePlays,
  ...lockOrderPlays,
  ...verificationPlays,
  ...runPlays,
];
/** One after the other: these disturb everybody. */
const alone: readonly Play[] = [...singletonPlays, ...lastPlays];
const AT_ONCE = 6;

const system = await startTestSystem({
  organisations: KNOWN,
  workerEnv: { ORGEID_CARETAKER_EVERY_MS: '5000' },
});
try {
  const { keep, keepOther, finish } = createKeeper(system, only);
  const next = (from: number) => () => ++from;
  const policy = next(0);
  const stage: Stage = {
    system,
    keep,
    keepOther,
    known: next(0),
    unknown: next(KNOWN),
    under: (values, continueAfter) => underPolicy(system, `histories/${policy()}`, values, continueAfter),
  };
  const failed: string[] = [];
  const perform = async (play: Play) => {
    await play(stage).catch((error: unknown) => failed.push(`${play.name}: ${String(error)}`));
  };
  const waiting = [...together];
  const lane = async () => {
    for (let play = waiting.shift(); play; play = waiting.shift()) await perform(play);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  for (const play of alone) await perform(play);
  finish();
  for (const line of failed) process.stderr.write(`FAILED ${line}\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  await system.stop();
}
