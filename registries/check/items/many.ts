import type { RegistryAnswer, RegistryQuery } from '../../../schemas/registry.ts';
import { ACK_WAIT_MS } from '../bus.ts';
import { contentOf } from '../heard.ts';
import { type CheckContext, failed, type Item, notRun, type Outcome, passed } from '../item.ts';
import type { AdapterProcess } from '../process.ts';
import { settledAfter } from '../settling.ts';

const GRACE_MS = 10_000;

type Asked = { readonly query: RegistryQuery; readonly outcome: RegistryAnswer['outcome'] };

/** Makes so many queries, every second one about the unknown record. */
const mixed = ({ questions, cases }: CheckContext, count: number): Asked[] =>
  Array.from({ length: count }, (_, i) =>
    i % 2 === 0
      ? { query: questions.about(cases.known), outcome: 'FOUND' }
      : { query: questions.about(cases.unknown), outcome: 'NOT_FOUND' },
  );

const put = (context: CheckContext, all: readonly Asked[]) =>
  Promise.all(all.map(({ query }) => context.bus.ask(query)));

/** "Ask again later" under load is honest; a wrong word about a record is not. */
async function judged(context: CheckContext, all: readonly Asked[], ms: number): Promise<Outcome> {
  const { bus } = context;
  const missing = () => all.filter(({ query }) => bus.answersTo(query.id).length === 0).length;
  await bus.until(() => missing() === 0, ms);
  if (missing() > 0) return failed(`${missing()} of ${all.length} not answered within ${ms / 1_000} s`);
  let later = 0;
  for (const { query, outcome } of all) {
    const answers = bus.answersTo(query.id).map(({ answer }) => answer);
    if (answers.some((answer) => !answer))
      return failed('something came that is no answer; see answer-shape');
    const settled = answers.filter((answer) => answer !== undefined && answer.outcome !== 'UNAVAILABLE');
    if (settled.length === 0) later++;
    const wrong = settled.find((answer) => answer?.outcome !== outcome);
    if (wrong) return failed(`${query.id} was answered ${wrong.outcome} instead of ${outcome}`);
  }
  return passed(
    later === 0 ? `${all.length} answered` : `${all.length} answered, ${later} of them "ask later"`,
  );
}

export const burst: Item = {
  name: 'burst',
  did: 'put many queries at once, half of them about the unknown record',
  expected: 'all answered, each as its record is, none twice with different content',
  next: 'take as many at a time as the registry bears, leave the others in the stream; a registry that refuses for load is UNAVAILABLE, cause BUSY',
  async run(context) {
    const all = mixed(context, context.burst);
    await put(context, all);
    const outcome = await judged(context, all, context.timeoutMs * 6);
    if (outcome.status !== 'PASSED') await context.bus.clear();
    return outcome;
  },
};

/** A round that finds everything answered before the end came proves nothing: another one, with more. */
const ROUNDS = 4;

function restart(signal: 'SIGTERM' | 'SIGKILL'): Item['run'] {
  return async (context) => {
    if (!context.process) {
      const next = 'start the adapter with --run, so that the check can end it in the middle';
      return notRun('the check did not start this adapter', next);
    }
    for (let count = context.burst; count <= context.burst * 2 ** (ROUNDS - 1); count *= 2) {
      const { outcome, open } = await round(context, context.process, signal, count);
      if (outcome.status !== 'PASSED') return outcome;
      if (open > 0) return passed(`${outcome.came}; ${open} were open when it was ended`);
    }
    return notRun('it had answered everything before it could be ended', 'ask for more with --burst');
  };
}

async function round(
  context: CheckContext,
  process: AdapterProcess,
  signal: 'SIGTERM' | 'SIGKILL',
  count: number,
): Promise<{ readonly outcome: Outcome; readonly open: number }> {
  const { bus } = context;
  const all = mixed(context, count);
  const one = () => all.some(({ query }) => bus.answersTo(query.id).length > 0);
  const putting = put(context, all);
  await bus.until(one, context.timeoutMs, 1);
  const inTime = await process.end(signal, GRACE_MS);
  await putting;
  const open = await bus.open();
  process.start();
  const outcome = await judged(context, all, ACK_WAIT_MS + context.startMs + context.timeoutMs * 6);
  if (!inTime && signal === 'SIGTERM') {
    const next = 'end on SIGTERM: stop fetching, finish or leave what is under way, close';
    return { outcome: failed(`still there ${GRACE_MS / 1_000} s after SIGTERM`, next), open };
  }
  if (outcome.status !== 'PASSED') return { outcome, open };
  const settled = await settledAfter(context, outcome.came);
  return { outcome: settled, open };
}

export const restarts: readonly Item[] = [
  {
    name: 'restart-stopped',
    did: 'put many queries, sent SIGTERM after the first answer, started the adapter again',
    expected: 'it ends within 10 s, and every query is answered once it is back',
    next: 'acknowledge a query only after its answer is stored, so that what was under way comes again',
    run: restart('SIGTERM'),
  },
  {
    name: 'restart-killed',
    did: 'put many queries, killed the adapter (SIGKILL) after the first answer, started it again',
    expected: 'every query is answered once it is back, and none with different content',
    next: 'acknowledge a query only after its answer is stored; keep nothing that a kill would lose',
    run: restart('SIGKILL'),
  },
];

/** Over everything that was heard: one query, one answer. "Ask later" is no answer yet. */
export const oneAnswer: Item = {
  name: 'one-answer',
  did: 'compared all answers of this run',
  expected: 'no query with two answers of different content, no id of an answer used for two queries',
  next: 'make the answer’s id of the query id; give a query that comes again the answer that you gave',
  async run({ bus }) {
    const said = new Map<string, { readonly content: string; readonly id: string }>();
    const owner = new Map<string, string>();
    for (const { answer } of bus.answers) {
      if (!answer) continue;
      const { queryId, id } = answer;
      if ((owner.get(id) ?? queryId) !== queryId) return failed(`${id} answers two queries`);
      owner.set(id, queryId);
      if (answer.outcome === 'UNAVAILABLE') continue;
      // After a restart the registry may have given a new reference for the same record.
      const content = contentOf(answer, { withReference: false });
      const before = said.get(queryId);
      if (before && before.content !== content)
        return failed(`${queryId} has two answers of different content`);
      if (before && before.id !== id) return failed(`${queryId} has two answers under different ids`);
      said.set(queryId, { content, id });
    }
    return passed(`${bus.answers.length} answers to ${said.size} queries`);
  },
};
