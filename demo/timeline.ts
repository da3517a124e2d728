import type { LoggedEvent } from '../schemas/case.ts';
import type { Policy, PolicyParameters } from '../schemas/policy.ts';
import { sentences } from './sentences.ts';

const ZONE = 'Asia/Ho_Chi_Minh';

/** One line of a timeline: local time, who, what in two languages, and the basis in law that the policy gives. */
export type Moment = {
  readonly at: string;
  readonly by: string;
  readonly vi: string;
  readonly en: string;
  readonly basis: string;
};

const localTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 1,
});

/** Day, month, year and time in Viet Nam of an instant. */
export const inVietnam = (instant: string): string =>
  localTime.format(new Date(instant)).replace(',', '');

const basisOf = (policy: Policy, parameter: keyof PolicyParameters): string => {
  const { basis, confidence } = policy.parameters[parameter];
  return `${basis} [${confidence}]`;
};

/** The story of a case told from its events, each with the parameter of the policy that governs it. */
export function timeline(events: readonly LoggedEvent[], policy: Policy): Moment[] {
  return events.map((event) => {
    const { vi, en, parameter } = sentences(event);
    return {
      at: inVietnam(event.at),
      by: event.by.unit === undefined ? event.by.name : `${event.by.name} (${event.by.unit})`,
      vi,
      en,
      basis: basisOf(policy, parameter),
    };
  });
}

/** The timeline for a terminal: two lines and the basis for each step. */
export const timelineText = (moments: readonly Moment[]): string =>
  moments
    .map(({ at, by, vi, en, basis }) => `${at}  ${vi}\n${' '.repeat(23)}${en} — ${by}\n${' '.repeat(23)}§ ${basis}`)
    .join('\n');
