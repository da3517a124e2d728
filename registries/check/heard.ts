import { judgeAnswer } from '../../bus/answer.ts';
import { openMessage } from '../../bus/envelope.ts';
import { parseJson } from '../../bus/json.ts';
import { CLOUD_EVENT_JSON, MessageEnvelope, sourceOf } from '../../schemas/cloud-event.ts';
import type { Registry, RegistryAnswer, RegistryQuery } from '../../schemas/registry.ts';

/** A message on `answers.*`, as it came. */
export type Heard = {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly contentType: string | undefined;
  /** The query that it says it answers; undefined when that cannot be read. */
  readonly queryId: string | undefined;
  /** The answer, when it has the shape of one. */
  readonly answer: RegistryAnswer | undefined;
};

export function hear(subject: string, data: Uint8Array, contentType: string | undefined): Heard {
  const judged = judgeAnswer(subject, data);
  const answer =
    judged.kind === 'ANSWER' && judged.answer.schema === 'registry-answer/1' ? judged.answer : undefined;
  return { subject, data, contentType, queryId: judged.questionId, answer };
}

/**
 * What is wrong with a message on `answers.*`, apart from whether the answer is true: the gateway's own judgement, and the
 * rules that the gateway forgives but the contract has. Paths and codes, never values of a record.
 */
export function faultsOf(heard: Heard, party: Registry, asked: ReadonlyMap<string, RegistryQuery>): string[] {
  const { subject, data, contentType, answer } = heard;
  if (subject !== `answers.${party}`) return [`sent on ${subject} instead of answers.${party}`];
  const judged = judgeAnswer(subject, data);
  if (judged.kind !== 'ANSWER') return [`${judged.kind}: ${judged.detail}`];
  if (!answer) return ['not a registry-answer/1'];
  const opened = openMessage(['registry-answer/1'], data);
  const envelope = MessageEnvelope.safeParse(parseJson(data)).data;
  const query = asked.get(answer.queryId);
  const faults: string[] = [];
  if (!query) faults.push('queryId: no query of this id was put');
  if (!opened.ok) faults.push(opened.detail);
  if (envelope?.id !== answer.id) faults.push('id of the envelope: not the id of the answer');
  if (envelope?.source !== sourceOf(party)) faults.push(`source of the envelope: not ${sourceOf(party)}`);
  if (contentType !== CLOUD_EVENT_JSON) faults.push(`header Content-Type: not ${CLOUD_EVENT_JSON}`);
  if (query && answer.outcome === 'FOUND') {
    const unasked = Object.keys(answer.values).filter(
      (name) => !query.fields.some((field) => field === name),
    );
    if (unasked.length > 0) faults.push(`data.values: not asked for: ${unasked.join(', ')}`);
  }
  return faults;
}

/** What an answer says, for comparing two of them; not when it was made nor for which attempt. */
export function contentOf(answer: RegistryAnswer, { withReference = true } = {}): string {
  const reference = withReference ? answer.reference : '';
  switch (answer.outcome) {
    case 'FOUND': {
      const values = Object.entries(answer.values).sort(([a], [b]) => (a < b ? -1 : 1));
      return JSON.stringify([answer.outcome, reference, answer.status, answer.statusSince, values]);
    }
    case 'REFUSED':
      return JSON.stringify([answer.outcome, reference, answer.reason]);
    case 'NOT_FOUND':
    case 'UNAVAILABLE':
      return JSON.stringify([answer.outcome, reference]);
  }
}
