import { sentenceOf } from '../audit/narrative/sentence.ts';
import { tellingOf } from '../audit/narrative/tellingOf.ts';
import { inVietnam } from '../domain/calendar/local-time.ts';
import { caseTypeOf, type LoggedEvent } from '../schemas/case.ts';
import type { Policy, PolicyParameters } from '../schemas/policy.ts';

/** One line of a timeline: local time, who, what in two languages, and the basis in law that the policy gives. */
export type Moment = {
  readonly at: string;
  readonly by: string;
  readonly vi: string;
  readonly en: string;
  readonly basis: string;
};

const basisOf = (policy: Policy, parameter: keyof PolicyParameters): string => {
  const { basis, confidence } = policy.parameters[parameter];
  return `${basis} [${confidence}]`;
};

/** The story of one or several cases told from their events, each with the parameter of the policy that governs it. */
export function timeline(events: readonly LoggedEvent[], policy: Policy): Moment[] {
  const streams = new Set(events.map(({ stream }) => stream));
  const tellings = new Map(
    [...streams].map((stream) => [stream, tellingOf(events.filter((event) => event.stream === stream))]),
  );
  return events.flatMap((event) => {
    const caseType = caseTypeOf(event.stream);
    const telling = tellings.get(event.stream);
    if (!caseType || !telling) return [];
    const { vi, en, parameter } = sentenceOf(caseType, event, telling);
    return {
      at: inVietnam(event.at),
      by: event.by.unit === undefined ? event.by.name : `${event.by.name} (${event.by.unit})`,
      vi,
      en,
      basis: basisOf(policy, parameter),
    };
  });
}

/** Steps that another event of the same moment tells better. */
const bookkeeping: ReadonlySet<string> = new Set(['TaskClaimed', 'TaskCompleted', 'TaskCancelled']);

/** The events that a story needs, in the order of the log. */
export const steps = (events: readonly LoggedEvent[]): LoggedEvent[] =>
  events.filter(({ type }) => !bookkeeping.has(type)).sort((one, other) => one.position - other.position);

/** The timeline for a terminal: two lines for each step, the second with the basis. */
export const timelineText = (moments: readonly Moment[]): string =>
  moments
    .map(({ at, by, vi, en, basis }) => `${at}  ${vi} — ${by}\n${' '.repeat(at.length)}  ${en}  § ${basis}`)
    .join('\n');
