import type { EventActor } from '../../../schemas/case.ts';
import type { Contact } from '../../../schemas/notice.ts';
import type { Task } from '../../../schemas/task.ts';
import { HIDDEN_NUMBER } from '../redact.ts';

/** What stands where somebody's id or name is not shown. */
export const HIDDEN_PERSON = HIDDEN_NUMBER;

/** A task as the office's own affair: which unit and role, whether somebody is at it, and by when; not who, nor when superiors hear of it. */
export function shownTask({ holder: _, about: __, climbs: ___, ...task }: Task): Task {
  return { ...task, responsible: [] };
}

/** The author of an event: an officer is a unit. `known`: ids of those whom the case itself names to the reader. */
export function shownAuthor(by: EventActor, known: ReadonlySet<string>): EventActor {
  if (known.has(by.id)) return { id: by.id, name: by.name };
  return {
    id: HIDDEN_PERSON,
    name: HIDDEN_PERSON,
    ...(by.unit === undefined ? {} : { unit: by.unit }),
  };
}

/** Where a person is reached is shown to that person alone. */
export const shownContact = (contact: Contact, reader: string): Contact =>
  contact.id === reader ? contact : { id: contact.id, name: contact.name };
