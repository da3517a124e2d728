import { z } from 'zod';
import { openMessage } from '../../bus/envelope.ts';
import { issuesOf } from '../../bus/json.ts';
import { NoticeOrder, type Party, RecordField, Registry, RegistryQuery } from '../../schemas/registry.ts';
import type { Question } from './adapter.ts';

export type Read =
  | { readonly ok: true; readonly question: Question }
  | { readonly ok: false; readonly code: 'EID_ERR_SHAPE' | 'EID_ERR_MISADDRESSED'; readonly detail: string };

/** A query as an adapter reads it: a field of the record that came in a later version is not asked of it. */
const ReadQuery = RegistryQuery.extend({
  fields: z
    .array(z.string())
    .transform((names) => names.flatMap((name) => RecordField.safeParse(name).data ?? [])),
});

/** Reads a question put to a party. What is not known is ignored; details name paths, never values. */
export function readQuestion(party: Party, bytes: Uint8Array): Read {
  const toRegistry = Registry.safeParse(party).success;
  const opened = openMessage([toRegistry ? 'registry-query/1' : 'notice-order/1'], bytes);
  if (!opened.ok) return { ok: false, code: 'EID_ERR_SHAPE', detail: opened.detail };
  const parsed = (toRegistry ? ReadQuery : NoticeOrder).safeParse(opened.data);
  if (!parsed.success) return { ok: false, code: 'EID_ERR_SHAPE', detail: issuesOf(parsed.error, ['data']) };
  const question = parsed.data;
  const addressee = 'registry' in question ? question.registry : question.channel;
  if (addressee === party) return { ok: true, question };
  return { ok: false, code: 'EID_ERR_MISADDRESSED', detail: `put to ${addressee}` };
}
