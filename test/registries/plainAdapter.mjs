// An adapter without the kit that keeps the contract, or breaks it in the one way that its argument names.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { jetstream } from '@nats-io/jetstream';
import { connect, headers, nkeyAuthenticator } from '@nats-io/transport-node';

const fault = process.argv[2] ?? 'none';
const known = '9000000001';
const busy = '9000000003';
const given = new Map();
let answered = 0;

const seed = new TextEncoder().encode(readFileSync(process.env.ORGEID_NATS_SEED_FILE, 'utf8').trim());
const nc = await connect({
  servers: process.env.ORGEID_NATS_URL,
  authenticator: nkeyAuthenticator(seed),
  inboxPrefix: '_INBOX_TAX',
});
const js = jetstream(nc);

function lookUp({ subject, fields }) {
  const key = subject.taxCode ?? subject.code;
  if (key === undefined) return { outcome: 'REFUSED', reason: 'UNANSWERABLE' };
  if (key === busy && fault !== 'busy-is-not-found') return { outcome: 'UNAVAILABLE', detail: 'maintenance' };
  if (key !== known) return { outcome: 'NOT_FOUND' };
  if (fault === 'not-found-under-load' && ++answered > 20) return { outcome: 'NOT_FOUND' };
  const held = { name_vi: 'CÔNG TY TNHH VÍ DỤ', address: 'Số 1 đường Ví Dụ' };
  const asked = Object.entries(held).filter(([field]) => fields.includes(field));
  return {
    outcome: 'FOUND',
    status: 'ACTIVE',
    values: fault === 'values-not-asked-for' ? held : Object.fromEntries(asked),
  };
}

function answerTo(query) {
  const before = given.get(query.id);
  if (before && fault !== 'new-answer-each-time' && fault !== 'new-id-each-time') return before;
  const result = lookUp(query);
  const id = `${query.id}:TAX`;
  const passing = result.outcome === 'UNAVAILABLE' || fault === 'new-id-each-time';
  const data = {
    schema: 'registry-answer/1',
    id: passing ? `${id}:${query.attempt}` : id,
    queryId: fault === 'wrong-query-id' ? `x-${query.id}` : query.id,
    registry: 'TAX',
    reference: fault === 'new-answer-each-time' ? `ref-${Math.random()}` : 'ref',
    answeredAt: new Date().toISOString(),
    ...result,
  };
  if (!passing) given.set(query.id, data);
  return data;
}

async function publish(data, attempt, more = '') {
  const h = headers();
  h.set('Content-Type', fault === 'wrong-content-type' ? 'application/json' : 'application/cloudevents+json');
  const envelope = {
    specversion: '1.0',
    id: data.id,
    source: fault === 'wrong-source' ? '/orgeid' : '/registries/TAX',
    type: 'orgeid.registry.answer.v1',
    data,
  };
  const payload = JSON.stringify(fault === 'no-envelope' && attempt === 2 ? data : envelope);
  await js.publish('answers.TAX', payload, { msgID: `${data.id}/${attempt}${more}`, headers: h });
}

const bad = (why) => Object.assign(new Error(why), { bad: true });

function read(message) {
  let envelope;
  try {
    envelope = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(message.data));
  } catch (error) {
    throw bad(String(error));
  }
  const type = envelope?.type;
  if (type !== 'orgeid.registry.query.v1' && !(fault === 'takes-any-version' && type)) throw bad('type');
  const query = envelope.data;
  if (fault === 'takes-any-version') return { fields: [], subject: { taxCode: known }, ...query };
  if (!query?.subject || !Array.isArray(query.fields) || query.registry !== 'TAX') throw bad('shape');
  if (fault === 'strict' && 'urgency' in query) throw bad('unknown field');
  if (fault === 'needs-answer-by' && !query.answerBy) throw bad('answerBy');
  return query;
}

async function handle(message) {
  try {
    const query = read(message);
    if (fault === 'skips-what-is-late' && Date.parse(query.answerBy) < Date.now()) return message.ack();
    if (fault === 'acknowledges-first') {
      await message.ackAck();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const data = answerTo(query);
    await publish(data, query.attempt);
    if (fault === 'answers-twice') {
      await publish({ ...data, outcome: 'NOT_FOUND' }, query.attempt, '/again');
    }
    if (fault !== 'never-acknowledges') message.ack();
  } catch (error) {
    if (fault === 'dies-of-bad-messages') throw error;
    if (fault === 'refuses-bad-messages-for-ever') message.nak(500);
    else if (error.bad) message.term();
    else message.nak(100);
  }
}

async function tellChange() {
  const data = {
    schema: 'registry-change/1',
    id: `change-${Date.now()}`,
    registry: 'TAX',
    reference: 'ref',
    changedAt: fault === 'bad-change' ? '02/04/2025' : new Date().toISOString(),
    subject: { taxCode: known },
    values: { address: 'Số 2 đường Ví Dụ' },
  };
  const type = 'orgeid.registry.change.v1';
  const envelope = { specversion: '1.0', id: data.id, source: '/registries/TAX', type, data };
  await js.publish('changes.TAX', JSON.stringify(envelope), { msgID: `TAX:${data.id}` });
}

await tellChange();
if (fault === 'subscribes-without-the-durable') {
  nc.subscribe('queries.TAX', {
    callback: (_, message) => {
      const query = JSON.parse(message.string()).data;
      void publish(answerTo(query), query.attempt);
    },
  });
  await nc.closed();
}
const messages = await (await js.consumers.get('QUERIES', 'TAX')).consume({ max_messages: 8 });
const running = new Set();
process.on('SIGTERM', () => {
  if (fault !== 'ignores-sigterm') void messages.close();
});
for await (const message of messages) {
  const work = handle(message).finally(() => running.delete(work));
  running.add(work);
}
await Promise.all(running);
await nc.drain();
