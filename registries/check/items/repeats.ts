import { ask, askFor, outcomeText } from '../asking.ts';
import { contentOf } from '../heard.ts';
import { failed, type Item, notRun, passed } from '../item.ts';
import { settledAfter } from '../settling.ts';

export const duplicate: Item = {
  name: 'duplicate',
  did: 'put attempt 1 of a query, and after its answer attempt 2',
  expected: 'each attempt answered, with the same answer: same id, reference, outcome and values',
  next: 'remember final answers by query id and give them again; the answer’s id follows from the query id, Nats-Msg-Id from both and the attempt',
  async run(context) {
    const query = context.questions.about(context.cases.known);
    const first = await ask(context, query);
    if ('failure' in first) return first.failure;
    const second = await ask(context, { ...query, attempt: 2 }, { count: 2 });
    if ('failure' in second) return { ...second.failure, came: `attempt 2: ${second.failure.came}` };
    if (first.answer.id !== second.answer.id) return failed('attempt 2 was answered under another id');
    if (contentOf(first.answer) !== contentOf(second.answer)) {
      return failed('attempt 2 was answered differently; a new reference means that it was looked up twice');
    }
    const once = first.answer.answeredAt === second.answer.answeredAt;
    return passed(once ? 'the same answer, looked up once' : 'the same answer');
  },
};

export const stale: Item = {
  name: 'answer-by',
  did: 'put a first attempt of three whose time is over, then a last attempt whose time is over',
  expected: 'the first answered rightly or left unanswered, but acknowledged; the last answered FOUND',
  next: 'leave an attempt only when answerBy is over and attempt < attempts; acknowledge it all the same',
  async run(context) {
    const { questions, cases, bus } = context;
    const answerBy = '2025-01-01T00:00:00.000Z';
    const first = questions.about(cases.known, { answerBy, attempts: 3, attempt: 1 });
    await bus.ask(first);
    const last = await askFor(
      'FOUND',
      context,
      questions.about(cases.known, { answerBy, attempts: 3, attempt: 3 }),
    );
    if (last.status !== 'PASSED') return { ...last, came: `the last attempt: ${last.came}` };
    const settled = await settledAfter(context, '');
    if (settled.status !== 'PASSED') return settled;
    const said = bus.answersTo(first.id).at(-1)?.answer;
    if (said && said.outcome !== 'FOUND') return failed(`the first attempt: ${outcomeText(said)}`);
    return passed(said ? 'both answered' : 'the first left to the next attempt, the last answered');
  },
};

export const unavailable: Item = {
  name: 'unavailable',
  did: 'put a query about the record for which the registry cannot answer now',
  expected: 'UNAVAILABLE',
  next: 'a look-up that did not come to an end is UNAVAILABLE (cause BUSY or BROKEN), never NOT_FOUND',
  async run(context) {
    const { unavailable: subject } = context.cases;
    if (!subject)
      return notRun(
        'no record is named for it',
        'name cases.unavailable, where the adapter can be told to fail',
      );
    return askFor('UNAVAILABLE', context, context.questions.about(subject), { ms: context.startMs });
  },
};

export const refused: Item = {
  name: 'refused',
  did: 'put a query about the record about which the registry does not answer',
  expected: 'REFUSED, with a reason',
  next: 'a registry that will not say is REFUSED with a reason code, never NOT_FOUND and never UNAVAILABLE',
  async run(context) {
    const { refused: subject } = context.cases;
    if (!subject)
      return notRun('no record is named for it', 'name cases.refused, where there is such a record');
    return askFor('REFUSED', context, context.questions.about(subject));
  },
};
