import type { RegistryAnswer, RegistryQuery } from '../../schemas/registry.ts';
import { type CheckContext, failed, type Outcome, passed } from './item.ts';

/** What came of one attempt of a query: an answer, or what to report instead. */
export type Asked = { readonly answer: RegistryAnswer } | { readonly failure: Outcome };

/** Puts a query and waits for as many answers to it as `count` says, giving the newest. */
export async function ask(
  context: CheckContext,
  query: RegistryQuery,
  more: {
    readonly envelope?: object;
    readonly data?: object;
    readonly count?: number;
    readonly ms?: number;
  } = {},
): Promise<Asked> {
  const { count = 1, ms = context.timeoutMs, ...sending } = more;
  await context.bus.ask(query, sending);
  return answered(context, query.id, count, ms);
}

/** Waits for an answer to a query that was put. */
export async function answered(
  context: CheckContext,
  queryId: string,
  count: number,
  ms: number,
): Promise<Asked> {
  const { bus, process } = context;
  const enough = () => bus.answersTo(queryId).length >= count;
  await bus.until(() => enough() || process?.isAlive() === false, ms);
  if (!enough()) return { failure: silence(context, ms) };
  const heard = bus.answersTo(queryId).at(-1);
  if (!heard?.answer) return { failure: failed('something came that is no answer; see answer-shape') };
  return { answer: heard.answer };
}

function silence({ process }: CheckContext, ms: number): Outcome {
  if (process === undefined) return failed(`no answer within ${ms / 1_000} s`);
  if (process.isAlive())
    return failed(`no answer within ${ms / 1_000} s: the adapter ${process.lastWords()}`);
  return failed(
    `no answer: the adapter ${process.lastWords()}`,
    'keep the process alive whatever it is asked',
  );
}

/** Puts a query and compares the outcome. */
export async function askFor(
  outcome: RegistryAnswer['outcome'],
  context: CheckContext,
  query: RegistryQuery,
  more: Parameters<typeof ask>[2] = {},
): Promise<Outcome> {
  const asked = await ask(context, query, more);
  return 'failure' in asked ? asked.failure : mustBe(outcome, asked.answer);
}

export const mustBe = (outcome: RegistryAnswer['outcome'], answer: RegistryAnswer): Outcome =>
  answer.outcome === outcome ? passed(outcome) : failed(outcomeText(answer));

export const outcomeText = (answer: RegistryAnswer): string =>
  answer.outcome === 'UNAVAILABLE'
    ? `UNAVAILABLE (${answer.cause ?? 'BUSY'}: ${answer.detail})`
    : answer.outcome;
