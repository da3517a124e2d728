import type { Registry } from '../../../schemas/registry.ts';
import { RecordField } from '../../../schemas/registry.ts';
import { ask, askFor, mustBe, outcomeText } from '../asking.ts';
import { byKey, keysOf } from '../cases.ts';
import { failed, type Item, notRun, passed } from '../item.ts';

const names = { code: 'by-code', taxCode: 'by-tax-code', personNumber: 'by-personal-number' } as const;

const AGAIN_MS = 2_000;

/** The adapter answers at all. Nothing else is run before it does. */
export const answers: Item = {
  name: 'answers',
  did: 'put a query about the known record on the subject of the adapter',
  expected: 'an answer FOUND',
  next: 'fetch from the durable consumer <PARTY> of stream QUERIES and publish the answer on answers.<PARTY>; --known names a record that the registry holds',
  async run(context) {
    const query = context.questions.about(context.cases.known, { attempts: 1_000 });
    // Asked again and again, as by the system: whoever only subscribes hears nothing of what came before.
    for (let attempt = 1; attempt * AGAIN_MS < context.startMs; attempt++) {
      const asked = await ask(context, { ...query, attempt }, { ms: AGAIN_MS });
      if (!('failure' in asked)) return mustBe('FOUND', asked.answer);
      if (context.process?.isAlive() === false) return asked.failure;
    }
    return askFor('FOUND', context, { ...query, attempt: 1_000 }, { ms: AGAIN_MS });
  },
};

/** One item for each key by which this registry looks records up. */
export const keyForms = (party: Registry): readonly Item[] =>
  keysOf(party).map((key) => ({
    name: names[key],
    did: `put a query that names the known record by subject.${key} alone`,
    expected: 'FOUND',
    next: `look records up by subject.${key} too; the other keys may be absent`,
    async run(context) {
      const subject = byKey(context.cases.known, key);
      if (!subject) return notRun(`the known record has no ${key}`, `give known.${key} in --cases`);
      return askFor('FOUND', context, context.questions.about(subject));
    },
  }));

export const notFound: Item = {
  name: 'not-found',
  did: 'put a query about the unknown record',
  expected: 'NOT_FOUND',
  next: 'answer NOT_FOUND when, and only when, the registry looked and has no such record',
  run: (context) => askFor('NOT_FOUND', context, context.questions.about(context.cases.unknown)),
};

export const allFields: Item = {
  name: 'all-fields',
  did: 'asked for all fields of the known record',
  expected: 'FOUND with at least one value',
  next: 'put the fields that were asked for and are held into values',
  async run(context) {
    const asked = await ask(context, context.questions.about(context.cases.known));
    if ('failure' in asked) return asked.failure;
    if (asked.answer.outcome !== 'FOUND') return failed(outcomeText(asked.answer));
    const held = Object.keys(asked.answer.values);
    return held.length > 0 ? passed(`${held.length} of ${RecordField.options.length}`) : failed('no value');
  },
};

export const oneField: Item = {
  name: 'one-field',
  did: 'asked for one field of the known record, then for none',
  expected: 'FOUND with no other value than the one asked for, then with none',
  next: 'give the fields that were asked for and no others: what is not asked for is not to be known',
  async run(context) {
    for (const fields of [['name_vi' as const], []]) {
      const asked = await ask(context, context.questions.about(context.cases.known, { fields }));
      if ('failure' in asked) return asked.failure;
      if (asked.answer.outcome !== 'FOUND') return failed(outcomeText(asked.answer));
      const others = Object.keys(asked.answer.values).filter(
        (name) => !fields.some((field) => field === name),
      );
      if (others.length > 0) return failed(`also ${others.join(', ')}`);
    }
    return passed('only what was asked for');
  },
};

export const noKey: Item = {
  name: 'no-key',
  did: 'put a query that names the organisation by nothing but its name',
  expected: 'REFUSED (UNANSWERABLE), or NOT_FOUND: never FOUND, never silence',
  next: 'answer REFUSED with reason UNANSWERABLE when the key by which the registry looks records up is missing',
  async run(context) {
    const { category, nameVi } = context.cases.known;
    const asked = await ask(context, context.questions.about({ category, nameVi }));
    if ('failure' in asked) return asked.failure;
    const { outcome } = asked.answer;
    return outcome === 'REFUSED' || outcome === 'NOT_FOUND'
      ? passed(outcome)
      : failed(outcomeText(asked.answer));
  },
};
