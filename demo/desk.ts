import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../domain/error.ts';
import type { Actor } from '../schemas/actor.ts';
import type { InboxItem } from '../schemas/inbox.ts';
import { approvable, approve } from './approvals.ts';
import { isStale, listen, unitInbox } from './http/inbox.ts';
import { deeds } from './officers.ts';
import type { Stage } from './stage.ts';

const LOOK_MS = 2_000;
const AT_ONCE = 8;

/** The people of the offices as they sit together: of one unit, in the same roles. One of them looks for all. */
export function desksOf(people: readonly Actor[]): readonly (readonly [Actor, ...Actor[]])[] {
  const desks = new Map<string, [Actor, ...Actor[]]>();
  for (const person of people) {
    if (person.unit === undefined) continue;
    const place = [person.unit, ...[...person.roles].sort()].join(' ');
    const desk = desks.get(place);
    if (desk) desk.push(person);
    else desks.set(place, [person]);
  }
  return [...desks.values()];
}

/** A desk's people look into the unit's inbox when it changes, and do what is there for them. */
export async function keepDesk(stage: Stage, colleagues: readonly [Actor, ...Actor[]]): Promise<void> {
  const { http, signal } = stage;
  const [looker] = colleagues;
  let ring: () => void = () => undefined;
  let rung = false;
  const listening = listen(http, looker.id, signal, () => {
    rung = true;
    ring();
  });
  async function keep(): Promise<void> {
    while (!signal.aborted) {
      rung = false;
      const did = await look(stage, looker, colleagues);
      if (did || rung) continue;
      const rest = new AbortController();
      ring = () => rest.abort();
      const until = AbortSignal.any([rest.signal, signal]);
      await pause(LOOK_MS, undefined, { signal: until }).catch(() => undefined);
    }
  }
  await Promise.all([keep(), listening]);
}

async function look(stage: Stage, looker: Actor, colleagues: readonly Actor[]): Promise<boolean> {
  const all = await unitInbox(stage.http, looker.id);
  const director = colleagues.find(({ roles }) => roles.includes('C06_DIRECTOR'));
  const together = director ? approvable(stage, all) : [];
  const items = all.filter((item) => !together.includes(item));
  let did = director !== undefined && together.length > 0 && (await approve(stage, director, together));
  for (let i = 0; i < items.length && !stage.signal.aborted; i += AT_ONCE) {
    const done = await Promise.all(
      items.slice(i, i + AT_ONCE).map((item) => attend(stage, item, colleagues)),
    );
    did ||= done.some(Boolean);
  }
  return did;
}

async function attend(stage: Stage, item: InboxItem, colleagues: readonly Actor[]): Promise<boolean> {
  const person = whoseTurn(item, colleagues);
  const deed = deeds[item.task.kind];
  if (!person || !deed) return false;
  const entry = stage.ledger.entryOf(item.stream);
  // Quicker than the answer to whoever filed it: which storyline it is, is not known yet.
  if (item.caseType === 'registration' && !entry) return false;
  try {
    return await deed({ stage, item, entry, person });
  } catch (error) {
    if (error instanceof DomainError && isStale(error.code)) return false;
    if (stage.signal.aborted) return false;
    throw error;
  }
}

/** The holder goes on with a task; a free one goes to the colleagues of its role in turn. */
export function whoseTurn({ stream, task }: InboxItem, colleagues: readonly Actor[]): Actor | undefined {
  if (task.holder) return colleagues.find((person) => person.id === task.holder?.id);
  const fitting = colleagues.filter((person) => person.roles.includes(task.role));
  const turn = [...stream].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return fitting[turn % Math.max(fitting.length, 1)];
}
