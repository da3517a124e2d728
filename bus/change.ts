import { RegistryChange } from '../schemas/change.ts';
import { Registry } from '../schemas/registry.ts';
import { openMessage } from './envelope.ts';
import { issuesOf, isText, NOT_TEXT_DETAIL, shortTextIn } from './json.ts';
import { partyOfSubject } from './subjects.ts';

type Named = {
  /** The registry whose subject the message came on; undefined when there is none of that name. */
  readonly registry?: Registry;
  readonly changeId?: string;
};

/** What an incoming message is before any account is looked for. */
export type ChangeJudgement =
  | { readonly kind: 'CHANGE'; readonly change: RegistryChange }
  | (Named & { readonly kind: 'MALFORMED' | 'MISADDRESSED'; readonly detail: string });

/** By how much a registry's clock may be ahead. Local time written as UTC is seven hours ahead, and not meant. */
const AHEAD_MS = 600_000;

/**
 * Reads a message of stream `CHANGES`: whether it is a change in its envelope, came on its own registry's subject and is not
 * of the future, where it would stand before all that is told until then. `receivedAt`: epoch ms.
 * Details name fields and codes, never values. Attributes and fields that are not known are tolerated.
 */
export function judgeChange(subject: string, data: Uint8Array, receivedAt: number): ChangeJudgement {
  const from = Registry.safeParse(partyOfSubject(subject));
  const registry = from.success ? { registry: from.data } : {};
  const opened = openMessage(['registry-change/1'], data);
  const changeId = shortTextIn(opened.data, 'id');
  const named = { ...registry, ...(changeId === undefined ? {} : { changeId }) };
  const malformed = (detail: string): ChangeJudgement => ({ kind: 'MALFORMED', ...named, detail });
  if (!opened.ok) return malformed(opened.detail);
  const parsed = RegistryChange.safeParse(opened.data);
  if (!parsed.success) return malformed(issuesOf(parsed.error, ['data']));
  const change = parsed.data;
  if (!isText(change)) return malformed(NOT_TEXT_DETAIL);
  if (Date.parse(change.changedAt) > receivedAt + AHEAD_MS) {
    return malformed('data.changedAt: lies in the future');
  }
  if (!from.success) return { kind: 'MISADDRESSED', ...named, detail: 'the subject names no registry' };
  if (change.registry !== from.data) {
    const detail = `sent as ${from.data}, signed by ${change.registry}`;
    return { kind: 'MISADDRESSED', ...named, detail };
  }
  return { kind: 'CHANGE', change };
}
