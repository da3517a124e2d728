import type { LoggedEvent } from '../schemas/case.ts';
import type { Party } from '../schemas/registry.ts';

/** `events.<case type>.<stream>.<event type>` */
export const eventSubject = ({ stream, type }: Pick<LoggedEvent, 'stream' | 'type'>): string =>
  `events.${caseTypeOf(stream)}.${stream}.${type}`;

/** The case type that a stream id begins with. */
export const caseTypeOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

export const querySubject = (party: Party): string => `queries.${party}`;
export const answerSubject = (party: Party): string => `answers.${party}`;
/** Where a mock party takes commands about its faults, by request and reply. */
export const controlSubject = (party: Party): string => `control.${party}`;

/** The last token of `answers.<PARTY>` or `queries.<PARTY>`. */
export const partyOfSubject = (subject: string): string => subject.slice(subject.lastIndexOf('.') + 1);
