import type { z } from 'zod';
import { NoticeReceipt, Party, Registry, RegistryAnswer } from '../schemas/registry.ts';
import { partyOfSubject } from './subjects.ts';

export type Answer = RegistryAnswer | NoticeReceipt;

type Named = {
  /** The party whose subject the message came on; undefined when there is none of that name. */
  readonly party?: Party;
  readonly answerId?: string;
  readonly questionId?: string;
};

/** What an incoming message is before the case is asked. */
export type Judgement =
  | (Named & {
      readonly kind: 'ANSWER';
      readonly party: Party;
      readonly answerId: string;
      readonly questionId: string;
      readonly answer: Answer;
    })
  | (Named & { readonly kind: 'MALFORMED' | 'MISADDRESSED'; readonly detail: string });

/**
 * Reads a message of stream `ANSWERS`: whether it has the shape of an answer and came from the party that was asked.
 * Details name fields and codes, never values. Fields that are not known are tolerated.
 */
export function judgeAnswer(subject: string, data: Uint8Array): Judgement {
  const from = Party.safeParse(partyOfSubject(subject));
  const party = from.success ? { party: from.data } : {};
  const body = parseJson(data);
  if (body === undefined) return { kind: 'MALFORMED', ...party, detail: 'not JSON' };
  const named = { ...party, ...namesIn(body) };
  const schema = schemaFor(body);
  if (!schema) return { kind: 'MALFORMED', ...named, detail: 'schema: unknown' };
  const parsed = schema.safeParse(body);
  if (!parsed.success) return { kind: 'MALFORMED', ...named, detail: issuesOf(parsed.error) };
  const answer = parsed.data;
  const misaddressed = (detail: string): Judgement => ({ kind: 'MISADDRESSED', ...named, detail });
  if (!from.success) return misaddressed('the subject names no party');
  const sender = answer.schema === 'registry-answer/1' ? answer.registry : answer.channel;
  const questionId = answer.schema === 'registry-answer/1' ? answer.queryId : answer.orderId;
  if (sender !== from.data) return misaddressed(`sent as ${from.data}, signed by ${sender}`);
  const asked = Registry.safeParse(questionId.split('.')[1]);
  if (answer.schema === 'registry-answer/1' && asked.data !== sender) {
    return misaddressed(`the question was not put to ${sender}`);
  }
  if (answer.schema === 'notice-receipt/1' && asked.success) {
    return misaddressed('the question was put to a registry');
  }
  return { kind: 'ANSWER', party: from.data, answerId: answer.id, questionId, answer };
}

function schemaFor(body: unknown) {
  switch (fieldOf(body, 'schema')) {
    case 'registry-answer/1':
      return RegistryAnswer;
    case 'notice-receipt/1':
      return NoticeReceipt;
    default:
      return undefined;
  }
}

/** What a message that cannot be taken may still say about itself. */
function namesIn(body: unknown): Named {
  const answerId = shortText(fieldOf(body, 'id'));
  const questionId = shortText(fieldOf(body, 'queryId') ?? fieldOf(body, 'orderId'));
  return {
    ...(answerId === undefined ? {} : { answerId }),
    ...(questionId === undefined ? {} : { questionId }),
  };
}

const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;

const shortText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : undefined;

/** Paths and codes of a shape error, without the values that caused it. */
export const issuesOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.code}`)
    .join('; ');

/** Undefined when the bytes are not UTF-8 JSON. */
export function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
  } catch {
    return undefined;
  }
}
