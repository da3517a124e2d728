import { dueDate } from '../../domain/calendar/due-date.ts';
import { explain } from '../../domain/calendar/explain.ts';
import type { Language } from '../../domain/calendar/phrases.ts';
import { DomainError } from '../../domain/error.ts';
import { toMs } from '../../domain/time.ts';
import type { Policy } from '../../schemas/policy.ts';
import { basisOf } from './basis.ts';
import { type Both, en, vi } from './both.ts';
import type { Clock } from './clocks.ts';
import { endInWords, lateness, limitInWords } from './lengths.ts';
import type { Punctuality, StepLimit } from './model.ts';

/** How the day is counted by the calendar of the policy; nothing where that comes to another day, or the calendar does not reach. */
function counted({ limit, from, dueAt }: Clock, { calendar }: Policy, language: Language): string[] {
  if (limit === undefined || from === undefined) return [];
  try {
    const due = dueDate(calendar, { receivedAt: toMs(from), limit });
    return due.dueAt === toMs(dueAt) ? explain(calendar, due, language) : [];
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}

/** A limit in words. A case-worker's task that is due with its case has no length of its own. */
export function limitTold(clock: Clock, policy: Policy, language: Language): StepLimit {
  const length = clock.limit && limitInWords(clock.limit)[language];
  const bare = language === 'vi' ? 'theo thời hạn của hồ sơ' : 'with its case';
  return {
    text: length ?? bare,
    due: endInWords(clock.dueAt)[language],
    basis: basisOf(policy, clock.parameter, language),
    counted: counted(clock, policy, language),
  };
}

const isExpiry = /Overdue$/;

/** How a step stands to the limit that governs it. */
export function punctualityOf(
  clock: Clock | undefined,
  { type, at }: { readonly type: string; readonly at: string },
  { calendar }: Policy,
  language: Language,
): Punctuality {
  const told = (kind: Punctuality['kind'], words: Both): Punctuality => ({ kind, text: words[language] });
  if (clock === undefined)
    return told('NO_LIMIT', {
      vi: 'Không tìm thấy quy định về thời hạn cho bước này',
      en: 'No limit for this step was found in the texts',
    });
  const due = endInWords(clock.dueAt);
  const taken = clock.takenAt ?? at;
  const late = lateness(calendar, clock.dueAt, taken, clock.limit);
  if (clock.from !== undefined)
    return told('STARTS', { vi: vi`Bắt đầu thời hạn, đến ${due}`, en: en`The limit begins, until ${due}` });
  if (toMs(taken) < toMs(clock.dueAt))
    return told('IN_TIME', { vi: vi`Trong hạn (đến ${due})`, en: en`In time (until ${due})` });
  if (isExpiry.test(type))
    return told('EXPIRED', { vi: vi`Hết hạn (${due})`, en: en`The limit ended (${due})` });
  return told('LATE', {
    vi: vi`Quá hạn ${late} (hạn ${due})`,
    en: en`Late by ${late} (until ${due})`,
  });
}
