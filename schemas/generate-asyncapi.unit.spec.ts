import { fc, test } from '@fast-check/vitest';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '../bus/answer.ts';
import { judgeChange } from '../bus/change.ts';
import { readQuestion } from '../registries/kit/read.ts';
import { type ChannelName, type ContractChannel, contractChannels } from './asyncapi/channels.ts';
import { answerDispositions, changeDispositions, refusedExamples } from './asyncapi/dispositions.ts';
import { asyncApiDocument } from './asyncapi/document.ts';
import { contractMessages } from './asyncapi/messages.ts';
import { ChangeDisposition } from './change.ts';
import { MessageEnvelope } from './cloud-event.ts';
import { AnswerDisposition, Party, Registry } from './registry.ts';

type Json = { readonly [key: string]: unknown };
const document = JSON.parse(JSON.stringify(asyncApiDocument())) as Json & {
  readonly channels: Record<string, { address: string; messages: Json; parameters: Json }>;
  readonly operations: Record<string, { action: string; channel: Json }>;
  readonly components: { readonly messages: Record<string, { payload: Json }>; readonly schemas: Json };
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object in a value, itself among them. */
function objectsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

const at = (pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), document);

describe('the AsyncAPI document', () => {
  it('is up to date', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot('./asyncapi/asyncapi.json');
  });

  it('has a target for every reference', () => {
    const references = objectsIn(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((reference) => !reference.startsWith('#/'))).toEqual([]);
    expect(references.filter((reference) => at(reference) === undefined)).toEqual([]);
  });

  it('says of each channel who it is for, and of each operation what it does on which channel', () => {
    const actions = new Set(Object.values(document.operations).map(({ action }) => action));
    expect(actions).toEqual(new Set(['send', 'receive']));
    for (const [name, { address, parameters, messages }] of Object.entries(document.channels)) {
      expect(Object.keys(parameters).map((parameter) => `{${parameter}}`)).toEqual(address.match(/\{\w+\}/g));
      expect(Object.keys(messages).length, name).toBeGreaterThan(0);
    }
    const used = Object.values(document.operations).map(({ channel }) => channel.$ref);
    expect(new Set(used)).toEqual(new Set(Object.keys(contractChannels).map((name) => `#/channels/${name}`)));
    const parties = Object.values<ContractChannel>(contractChannels).flatMap((one) => one.parties ?? []);
    expect(parties).toEqual(expect.arrayContaining([...Party.options]));
  });

  it('explains everything that may become of a message', () => {
    expect(Object.keys(answerDispositions).sort()).toEqual([...AnswerDisposition.options].sort());
    expect(Object.keys(changeDispositions).sort()).toEqual([...ChangeDisposition.options].sort());
  });
});

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
formats.default(ajv);
ajv.addVocabulary(['components']);
ajv.addSchema({ $id: 'contract.json', components: document.components });
const validators = new Map(
  Object.keys(contractMessages).map((name) => [
    name,
    ajv.compile({ $ref: `contract.json#/components/messages/${name}/payload` }),
  ]),
);
/** What the document says against a message. */
function errorsOf(name: string, payload: unknown): string[] {
  const validate = validators.get(name);
  if (!validate) throw new Error(`no message ${name}`);
  validate(payload);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
const bytes = (message: unknown) =>
  new TextEncoder().encode(typeof message === 'string' ? message : JSON.stringify(message));

const examples = Object.entries(contractMessages).flatMap(([name, message]) =>
  message.examples.map((example) => ({ title: `${name}: ${example.name}`, name, message, example })),
);
const partyOf = (data: object): string =>
  'registry' in data ? String(data.registry) : 'channel' in data ? String(data.channel) : '';

type Payload = Json & { readonly data: object };
const asks = (payload: Payload) => readQuestion(Party.parse(partyOf(payload.data)), bytes(payload)).ok;
const answers = (payload: Payload) =>
  judgeAnswer(`answers.${partyOf(payload.data)}`, bytes(payload)).kind === 'ANSWER';
const changes = (payload: Payload) =>
  judgeChange(`changes.${partyOf(payload.data)}`, bytes(payload), Date.now()).kind === 'CHANGE';

/** Whether the reader of a channel takes a message: adapters their questions, the system what adapters send. */
const isRead: Readonly<Record<ChannelName, (payload: Payload) => boolean>> = {
  registryQueries: asks,
  registryAnswers: answers,
  registryChanges: changes,
  noticeOrders: asks,
  noticeReceipts: answers,
};

describe('an example', () => {
  it.each(examples)(
    'is what the schemas describe and its reader reads: $title',
    ({ name, message, example }) => {
      const payload = JSON.parse(JSON.stringify(example.payload));
      expect(MessageEnvelope.safeParse(payload).success).toBe(true);
      expect(message.data.safeParse(payload.data).error?.issues).toBeUndefined();
      expect(errorsOf(name, payload)).toEqual([]);
      expect(isRead[message.channel](payload)).toBe(true);
    },
  );

  it('is there for each outcome of an answer and for each status', () => {
    const said = examples
      .filter(({ name }) => name === 'registryAnswer')
      .map(({ example }) => example.payload.data as { outcome?: string; status?: string; cause?: string });
    expect(new Set(said.map(({ outcome }) => outcome))).toEqual(
      new Set(['FOUND', 'NOT_FOUND', 'REFUSED', 'UNAVAILABLE']),
    );
    expect(new Set(said.flatMap(({ status }) => status ?? []))).toEqual(
      new Set(['ACTIVE', 'SUSPENDED', 'CEASED', 'DISSOLVED']),
    );
    expect(new Set(said.flatMap(({ cause }) => cause ?? []))).toEqual(new Set(['BUSY', 'BROKEN']));
  });

  it.each(refusedExamples)(
    'of a mistake is refused as it says: $name',
    ({ subject, message, disposition, detail }) => {
      const judged = subject.startsWith('answers.')
        ? judgeAnswer(subject, bytes(message))
        : judgeChange(subject, bytes(message), Date.now());
      expect(judged).toMatchObject({ kind: disposition, detail });
    },
  );

  it('without a field that version 1 requires is refused by the document too', () => {
    const [first] = examples;
    const { data, ...envelope } = JSON.parse(JSON.stringify(first?.example.payload));
    expect(errorsOf('registryQuery', envelope)).toEqual([" must have required property 'data'"]);
    expect(errorsOf('registryQuery', { ...envelope, data: { ...data, registry: 'WEATHER' } })).not.toEqual(
      [],
    );
  });
});

/** A map whose keys are the sender's own: what is added there is no unknown field. */
const isFreeForm = (path: readonly string[], data: Json) =>
  data.schema === 'notice-order/1' && path.join('.') === 'data.values';

/** Adds a field of any kind to every object of a message that has a shape. */
function withMore(
  value: unknown,
  key: string,
  more: unknown,
  data: Json,
  path: readonly string[] = [],
): unknown {
  if (Array.isArray(value)) return value.map((item) => withMore(item, key, more, data, path));
  if (!isObject(value)) return value;
  const grown = Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, withMore(one, key, more, data, [...path, name])]),
  );
  return isFreeForm(path, data) ? grown : { ...grown, [key]: more };
}

describe('a message of a later version', () => {
  const shapes = fc.record({
    chosen: fc.constantFrom(...examples),
    key: fc.stringMatching(/^later[a-z]{1,8}$/),
    more: fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme-ascii' }),
  });
  test.prop([shapes], { numRuns: 400 })(
    'with a further field in every object is read by today’s reader, by the schema and by the document',
    ({ chosen: { name, message, example }, key, more }) => {
      const payload = JSON.parse(JSON.stringify(example.payload));
      const later = JSON.parse(JSON.stringify(withMore(payload, key, more, payload.data)));
      expect(isRead[message.channel](later)).toBe(true);
      expect(message.data.parse(later.data)).toEqual(message.data.parse(payload.data));
      expect(errorsOf(name, later)).toEqual([]);
    },
  );

  it('may ask for fields of the record that an adapter does not know', () => {
    const { example } = examples.find(({ name }) => name === 'registryQuery') ?? {};
    const payload = JSON.parse(JSON.stringify(example?.payload));
    payload.data.fields.push('field_of_a_later_version');
    expect(readQuestion(Registry.parse(payload.data.registry), bytes(payload))).toMatchObject({ ok: true });
  });
});
