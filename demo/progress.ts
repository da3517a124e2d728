import type { LoggedEvent } from '../schemas/case.ts';

/** Counts what the log shows, for one line of progress. */
export type Progress = { take(event: Pick<LoggedEvent, 'type'>): void; line(seconds: number): string };

const shown: readonly (readonly [string, string])[] = [
  ['filed', 'DossierDrafted'],
  ['accepted', 'RequestAccepted'],
  ['answers', 'RegistryAnswered'],
  ['verified', 'FindingsConfirmed'],
  ['issued', 'AccountIssued'],
  ['activated', 'AccountActivated'],
  ['refused', 'RequestRefused'],
];

export function progress(): Progress {
  const counts = new Map<string, number>();
  let events = 0;
  return {
    take({ type }) {
      events++;
      counts.set(type, (counts.get(type) ?? 0) + 1);
    },
    line(seconds) {
      const parts = shown.map(([word, type]) => `${word} ${counts.get(type) ?? 0}`);
      return `${String(seconds).padStart(3)} s  ${parts.join(' · ')} · events ${events}`;
    },
  };
}
