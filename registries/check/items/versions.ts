import { ask, askFor, outcomeText } from '../asking.ts';
import { type CheckContext, failed, type Item, type Outcome, passed } from '../item.ts';
import { settledAfter } from '../settling.ts';

export const unknownFields: Item = {
  name: 'unknown-fields',
  did: 'put a query with attributes, fields and a name of a record field that this version does not know',
  expected: 'FOUND, as if they were not there',
  next: 'ignore what you do not know, in the envelope, in data, in subject and in fields; never refuse for it',
  run(context) {
    const { known } = context.cases;
    const query = context.questions.about(known);
    const data = {
      urgency: 'HIGH',
      routing: { hops: [1, 2] },
      subject: { ...known, registeredCapital: 1 },
      fields: [...query.fields, 'registered_capital'],
    };
    const envelope = {
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      orgeidfuture: 'x',
      partition: 7,
    };
    return askFor('FOUND', context, query, { envelope, data });
  },
};

export const oldVersion: Item = {
  name: 'old-version',
  did: 'put a query as the first version had it: no optional field, only the attributes that an envelope must have',
  expected: 'FOUND',
  next: 'take attempts, answerBy, time, dataschema and datacontenttype for optional',
  run(context) {
    const query = context.questions.about(context.cases.known);
    const envelope = { time: undefined, dataschema: undefined, datacontenttype: undefined };
    return askFor('FOUND', context, query, { envelope, data: { attempts: undefined, answerBy: undefined } });
  },
};

export const futureVersion: Item = {
  name: 'future-version',
  did: 'put a query of type orgeid.registry.query.v2, then one of v1',
  expected: 'nothing said of a record in answer to v2, v2 acknowledged, v1 answered FOUND',
  next: 'look at the type first; terminate what you do not know, so that what comes behind it is answered',
  async run(context) {
    const { bus, questions, cases } = context;
    const future = questions.about(cases.known);
    const { id, registry, correlationId } = future;
    await bus.put(
      JSON.stringify({
        specversion: '1.0',
        id: `${id}/1`,
        source: '/orgeid',
        type: 'orgeid.registry.query.v2',
        datacontenttype: 'application/json',
        data: {
          schema: 'registry-query/2',
          id,
          registry,
          correlationId,
          attempt: 1,
          who: { ids: ['1'] },
          what: {},
        },
      }),
    );
    const behind = await askFor('FOUND', context, questions.about(cases.known));
    if (behind.status !== 'PASSED') return behindIt(behind);
    const said = bus
      .answersTo(id)
      .find(({ answer }) => answer?.outcome === 'FOUND' || answer?.outcome === 'NOT_FOUND');
    if (said?.answer) return failed(`v2 was answered ${outcomeText(said.answer)}`);
    return settledAfter(context, 'v2 set aside, v1 answered');
  },
};

const behindIt = (outcome: Outcome): Outcome => ({
  ...outcome,
  came: `the query behind it: ${outcome.came}`,
});

type Bad = {
  readonly name: string;
  readonly did: string;
  payload(context: CheckContext): string | Uint8Array;
};

const envelopeOf = (data: unknown) => ({
  specversion: '1.0',
  id: `bad-${Date.now()}`,
  source: '/orgeid',
  type: 'orgeid.registry.query.v1',
  data,
});

const bad: readonly Bad[] = [
  {
    name: 'not-json',
    did: 'text that is not JSON',
    payload: () => '{"specversion":"1.0","type":"orgeid.reg',
  },
  {
    name: 'not-text',
    did: 'bytes that are not UTF-8',
    payload: () => Uint8Array.from([0xff, 0xfe, 0x00, 0x80]),
  },
  {
    name: 'not-an-envelope',
    did: 'a query without its envelope',
    payload: (context) => JSON.stringify(context.questions.about(context.cases.known)),
  },
  {
    name: 'no-data',
    did: 'an envelope without data',
    payload: () => JSON.stringify(envelopeOf(undefined)),
  },
  { name: 'not-an-object', did: 'JSON that is no object', payload: () => '[null]' },
  {
    name: 'wrong-shape',
    did: 'an envelope whose data has numbers and null where texts and objects belong',
    payload: (context) =>
      JSON.stringify(
        envelopeOf({ ...context.questions.about(context.cases.known), subject: null, fields: 7 }),
      ),
  },
  {
    name: 'misaddressed',
    did: 'a query put to another registry',
    payload: (context) => {
      const registry = context.party === 'TAX' ? 'BUSINESS' : 'TAX';
      return JSON.stringify(envelopeOf(context.questions.about(context.cases.known, { registry })));
    },
  },
];

/** Each thing that is no query, followed by a query. */
export const malformed: readonly Item[] = bad.map(({ name, did, payload }) => ({
  name,
  did: `put ${did}, then a query`,
  expected:
    'the first set aside and acknowledged or terminated, nothing said of a record, the second answered FOUND',
  next: 'terminate (TERM) what you cannot read: a message that is only refused comes again for ever',
  async run(context) {
    const { bus, questions, cases } = context;
    const before = new Set(questions.made.keys());
    await bus.put(payload(context));
    const inIt = [...questions.made.keys()].filter((id) => !before.has(id));
    const behind = await ask(context, questions.about(cases.known));
    if ('failure' in behind) return behindIt(behind.failure);
    if (behind.answer.outcome !== 'FOUND')
      return failed(`the query behind it: ${outcomeText(behind.answer)}`);
    const said = inIt
      .flatMap((id) => bus.answersTo(id))
      .find(({ answer }) => answer?.outcome.endsWith('FOUND'));
    if (said?.answer) return failed(`it was answered ${outcomeText(said.answer)}`);
    return settledAfter(context, 'set aside, and the query behind it answered');
  },
}));

export const settles: Item = {
  name: 'acknowledges',
  did: 'looked whether the queries that were answered are still in the stream',
  expected: 'none: each acknowledged on the durable consumer once its answer is stored',
  next: 'fetch from the durable consumer <PARTY> (do not subscribe to the subject, do not make a consumer of your own) and ACK after the publish of the answer was acknowledged',
  async run(context) {
    const settled = await settledAfter(context, 'none is left');
    return settled.status === 'PASSED' ? passed(settled.came) : settled;
  },
};
