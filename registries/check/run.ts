import type { Registry } from '../../schemas/registry.ts';
import { type CheckContext, type Item, notRun, type Outcome } from './item.ts';
import { credentials } from './items/credentials.ts';
import { allFields, answers, keyForms, noKey, notFound, oneField } from './items/forms.ts';
import { burst, oneAnswer, restarts } from './items/many.ts';
import { duplicate, refused, stale, unavailable } from './items/repeats.ts';
import { answerShape, changeShape } from './items/shape.ts';
import { futureVersion, malformed, oldVersion, settles, unknownFields } from './items/versions.ts';
import { type CheckReport, type ItemReport, reportOf } from './report.ts';

/** Look at what was heard, and ask nothing. */
const lookingBack = [changeShape, answerShape, oneAnswer];

/** All items in the order in which they are run; the last ones look back on everything that was heard. */
export const itemsFor = (party: Registry): readonly Item[] => [
  answers,
  settles,
  ...keyForms(party),
  allFields,
  oneField,
  notFound,
  noKey,
  unavailable,
  refused,
  duplicate,
  unknownFields,
  oldVersion,
  futureVersion,
  stale,
  ...malformed,
  burst,
  ...restarts,
  credentials,
  ...lookingBack,
];

export type CheckRun = {
  /** Names of the items to run beside `answers`; all when absent. */
  readonly only?: ReadonlySet<string>;
  /** Told of each item that was tried, as it comes. */
  readonly onItem?: (item: ItemReport) => void;
};

/**
 * Runs the conformance check on a running adapter, or on one that it starts (`context.process`). Never throws for what the adapter
 * does. An adapter that answers nothing is not asked further; one that ended is started again for the next item.
 */
export async function checkAdapter(
  context: CheckContext,
  { only, onItem }: CheckRun = {},
): Promise<CheckReport> {
  const at = new Date().toISOString();
  const { process, party } = context;
  const reports: ItemReport[] = [];
  let speaks = true;
  process?.start();
  for (const item of itemsFor(party)) {
    if (only && item !== answers && !only.has(item.name)) continue;
    if (process && !process.isAlive() && speaks) await revive(context);
    const began = performance.now();
    const canRun = speaks || (lookingBack.includes(item) && context.bus.answers.length > 0);
    const outcome = canRun ? await item.run(context) : notRun('the adapter did not answer', answers.next);
    const report = reported(item, party, outcome, performance.now() - began);
    if (item === answers && report.status === 'FAILED') speaks = false;
    reports.push(report);
    if (canRun || item === answers) onItem?.(report);
  }
  await process?.end('SIGTERM', 10_000);
  return reportOf(party, at, reports);
}

async function revive({ bus, process }: CheckContext): Promise<void> {
  await bus.clear();
  await process?.end('SIGKILL', 5_000);
  process?.start();
}

function reported(item: Item, party: string, outcome: Outcome, ms: number): ItemReport {
  const { name, did } = item;
  const say = (text: string) => text.replaceAll('<PARTY>', party).replaceAll('<REGISTRY>', party);
  const next = outcome.status === 'PASSED' ? undefined : say(outcome.next ?? item.next);
  return {
    name,
    status: outcome.status,
    did: say(did),
    expected: say(item.expected),
    came: outcome.came,
    ...(next === undefined ? {} : { next }),
    ms: Math.round(ms),
  };
}
