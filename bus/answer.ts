import { NoticeReceipt, Party, Registry, RegistryAnswer } from '../schemas/registry.ts';
import { openMessage } from './envelope.ts';
import { issuesOf, isText, NOT_TEXT_DETAIL, shortTextIn } from './json.ts';
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

const shapes = { 'registry-answer/1': RegistryAnswer, 'notice-receipt/1': NoticeReceipt } as const;

/**
 * Reads a message of stream `ANSWERS`: whether it is an answer in its envelope and came from the party that was asked.
 * Details name fields and codes, never values. Attributes and fields that are not known are tolerated.
 */
export function judgeAnswer(subject: string, data: Uint8Array): Judgement {
  const from = Party.safeParse(partyOfSubject(subject));
  const party = from.success ? { party: from.data } : {};
  const opened = openMessage(['registry-answer/1', 'notice-receipt/1'], data);
  const named = { ...party, ...namesIn(opened.data) };
  const malformed = (detail: string): Judgement => ({ kind: 'MALFORMED', ...named, detail });
  if (!opened.ok) return malformed(opened.detail);
  const parsed = shapes[opened.schema].safeParse(opened.data);
  if (!parsed.success) return malformed(issuesOf(parsed.error, ['data']));
  const answer = parsed.data;
  if (!isText(answer)) return malformed(NOT_TEXT_DETAIL);
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

/** What an answer says, apart from when, under which reference and in which order of fields: two answers that say the same are equal here. */
export function contentOf(answer: Answer): string {
  const { outcome } = answer;
  switch (outcome) {
    case 'FOUND': {
      const values = Object.entries(answer.values).sort(([one], [other]) => (one < other ? -1 : 1));
      return JSON.stringify([outcome, answer.status, answer.statusSince ?? null, values]);
    }
    case 'REFUSED':
      return JSON.stringify([outcome, answer.reason]);
    case 'UNAVAILABLE':
      return JSON.stringify([outcome, answer.cause ?? 'BUSY']);
    case 'NOT_FOUND':
    case 'DELIVERED':
    case 'FAILED':
      return JSON.stringify([outcome]);
  }
}

/** What a message that cannot be taken may still say about itself. */
function namesIn(body: unknown): Named {
  const answerId = shortTextIn(body, 'id');
  const questionId = shortTextIn(body, 'queryId') ?? shortTextIn(body, 'orderId');
  return {
    ...(answerId === undefined ? {} : { answerId }),
    ...(questionId === undefined ? {} : { questionId }),
  };
}
