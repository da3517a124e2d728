import { caseTypeOf, type LoggedEvent } from '../schemas/case.ts';
import type { Party, Registry } from '../schemas/registry.ts';

/** `events.<case type>.<stream>.<event type>` */
export const eventSubject = ({ stream, type }: Pick<LoggedEvent, 'stream' | 'type'>): string =>
  `events.${caseTypeOf(stream)}.${stream}.${type}`;

export const querySubject = (party: Party): string => `queries.${party}`;
export const answerSubject = (party: Party): string => `answers.${party}`;
/** Where a registry publishes that a record of it changed. */
export const changeSubject = (registry: Registry): string => `changes.${registry}`;
/** Where a mock party takes commands about its faults, by request and reply. */
export const controlSubject = (party: Party): string => `control.${party}`;

/** The last token of `answers.<PARTY>`, `queries.<PARTY>` or `changes.<REGISTRY>`. */
export const partyOfSubject = (subject: string): string => subject.slice(subject.lastIndexOf('.') + 1);
