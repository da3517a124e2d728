import { issuesOf, parseJson } from '../../bus/answer.ts';
import { NoticeOrder, type Party, Registry, RegistryQuery } from '../../schemas/registry.ts';
import type { Question } from './adapter.ts';

export type Read =
  | { readonly ok: true; readonly question: Question }
  | { readonly ok: false; readonly code: 'EID_ERR_SHAPE' | 'EID_ERR_MISADDRESSED'; readonly detail: string };

/** Reads a question put to a party. Fields that are not known are ignored; details name paths, never values. */
export function readQuestion(party: Party, data: Uint8Array): Read {
  const body = parseJson(data);
  if (body === undefined) return { ok: false, code: 'EID_ERR_SHAPE', detail: 'not JSON' };
  const schema = Registry.safeParse(party).success ? RegistryQuery : NoticeOrder;
  const parsed = schema.safeParse(body);
  if (!parsed.success) return { ok: false, code: 'EID_ERR_SHAPE', detail: issuesOf(parsed.error) };
  const question = parsed.data;
  const addressee = 'registry' in question ? question.registry : question.channel;
  if (addressee === party) return { ok: true, question };
  return { ok: false, code: 'EID_ERR_MISADDRESSED', detail: `put to ${addressee}` };
}
