import { RegistryChange } from '../schemas/change.ts';
import { Registry } from '../schemas/registry.ts';
import { issuesOf, parseJson } from './answer.ts';
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

// What no text of the log may hold: a change with it could never be taken, however often it came.
const NOT_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** By how much a registry's clock may be ahead. Local time written as UTC is seven hours ahead, and not meant. */
const AHEAD_MS = 600_000;

/**
 * Reads a message of stream `CHANGES`: whether it has the shape of a change, came on its own registry's subject and is not
 * of the future, where it would stand before all that is told until then. `receivedAt`: epoch ms.
 * Details name fields and codes, never values. Fields that are not known are tolerated.
 */
export function judgeChange(subject: string, data: Uint8Array, receivedAt: number): ChangeJudgement {
  const from = Registry.safeParse(partyOfSubject(subject));
  const registry = from.success ? { registry: from.data } : {};
  const body = parseJson(data);
  if (body === undefined) return { kind: 'MALFORMED', ...registry, detail: 'not JSON' };
  const named = { ...registry, ...idIn(body) };
  const parsed = RegistryChange.safeParse(body);
  if (!parsed.success) return { kind: 'MALFORMED', ...named, detail: issuesOf(parsed.error) };
  const change = parsed.data;
  if (NOT_TEXT.test(JSON.stringify(change))) {
    return { kind: 'MALFORMED', ...named, detail: 'a text holds NUL or half a surrogate pair' };
  }
  if (Date.parse(change.changedAt) > receivedAt + AHEAD_MS) {
    return { kind: 'MALFORMED', ...named, detail: 'changedAt: lies in the future' };
  }
  if (!from.success) return { kind: 'MISADDRESSED', ...named, detail: 'the subject names no registry' };
  if (change.registry !== from.data) {
    const detail = `sent as ${from.data}, signed by ${change.registry}`;
    return { kind: 'MISADDRESSED', ...named, detail };
  }
  return { kind: 'CHANGE', change };
}

/** What a message that cannot be taken may still say about itself. */
function idIn(body: unknown): Pick<Named, 'changeId'> {
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  return typeof id === 'string' && id.length > 0 && id.length <= 200 ? { changeId: id } : {};
}
