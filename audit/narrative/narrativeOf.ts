import type { Language } from '../../domain/calendar/phrases.ts';
import { getPolicy } from '../../store/policy.ts';
import type { Archive } from '../replay/questions.ts';
import { replay } from '../replay/replay.ts';
import { type Reader, shownCase } from '../replay/shown.ts';
import type { Narrative } from './model.ts';
import { narrate } from './narrate.ts';

/**
 * A case told from its first event to its last, under the policy that it pinned, with what the reader is shown of it.
 * @throws DomainError EID_ERR_CASE_UNKNOWN; EID_ERR_POLICY_UNKNOWN, EID_ERR_POLICY_INVALID when that policy is not there, or was changed
 */
export async function narrativeOf(
  { db, now }: Archive,
  reader: Reader,
  stream: string,
  language: Language,
): Promise<Narrative> {
  const replayed = await replay(db, stream, undefined, now);
  const { caseType, policyVersion } = replayed;
  const policy = await getPolicy(db, policyVersion);
  const shown = shownCase(reader, replayed);
  const events = replayed.events.flatMap((event) => shown.event(event) ?? []);
  return narrate({ stream, caseType, events, policy, language });
}
