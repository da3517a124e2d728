import { localTime } from '../../domain/calendar/clock.ts';
import { dateOf } from '../../domain/calendar/days.ts';
import { dueDate } from '../../domain/calendar/due-date.ts';
import { explain } from '../../domain/calendar/explain.ts';
import { DomainError } from '../../domain/error.ts';
import { toInstant } from '../../domain/time.ts';
import type { WorkingCalendar } from '../../schemas/calendar.ts';
import type { ErrorCode } from '../../schemas/errors.ts';
import { Limit } from '../../schemas/policy.ts';
import type { OutputLanguage } from '../output.ts';
import { parseReceivedAt } from './received-at.ts';

/** One question as text, from the command line or a row of a file. */
export type Question = { readonly received_at: string; readonly limit: string; readonly unit: string };

/** The answer to one question, or what is wrong in which column of it. */
export type Answer =
  | {
      readonly ok: true;
      readonly due_on: string;
      readonly sentences: readonly string[];
      readonly json: Readonly<Record<string, unknown>>;
    }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly column: keyof Question;
      readonly reason: string;
    };

const units = Limit.shape.unit.options;

/** When the period of a question ends, by a calendar, with the reasons in a language. */
export function answer(calendar: WorkingCalendar, question: Question, language: OutputLanguage): Answer {
  const receivedAt = parseReceivedAt(question.received_at, calendar.offsetMinutes);
  if (receivedAt === undefined)
    return bad('received_at', `${quoted(question.received_at)} is no date and time such as 2025-01-24T16:00`);
  const amount = question.limit.trim();
  if (!/^\d{1,15}$/.test(amount))
    return bad('limit', `${quoted(question.limit)} is no whole number of 0 or more`);
  const unit = units.find((known) => known === question.unit.trim());
  if (!unit) return bad('unit', `${quoted(question.unit)} is none of ${units.join(', ')}`);
  const limit: Limit = { amount: Number(amount), unit };
  try {
    const due = dueDate(calendar, { receivedAt, limit });
    const sentences = explain(calendar, due, language);
    const json = {
      received_at: question.received_at.trim(),
      received_on: due.receivedOn,
      limit: limit.amount,
      unit,
      due_on: due.dueOn,
      due_at: toInstant(due.dueAt),
      why: sentences.join(' '),
      steps: due.why,
      calendar: calendar.version,
    };
    return { ok: true, due_on: due.dueOn, sentences, json };
  } catch (error) {
    if (error instanceof DomainError) return refused(error, calendar, receivedAt);
    throw error;
  }
}

/** A period may begin or end where nobody has published the days off yet. */
function refused({ code, details }: DomainError, calendar: WorkingCalendar, receivedAt: number): Answer {
  if (code !== 'EID_ERR_CALENDAR_RANGE') return { ok: false, code, column: 'limit', reason: 'too large' };
  const { version, validFrom, validTo, offsetMinutes } = calendar;
  const received = dateOf(localTime(receivedAt, offsetMinutes).day) === details.date;
  const reason = `${received ? 'lies' : 'leads to a date'} outside calendar ${version}, ${validFrom} to ${validTo}`;
  return { ok: false, code, column: received ? 'received_at' : 'limit', reason };
}

const quoted = (text: string) => JSON.stringify(text);

const bad = (column: keyof Question, reason: string): Answer => ({
  ok: false,
  code: 'EID_ERR_SHAPE',
  column,
  reason,
});
