import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../domain/error.ts';
import type { Actor } from '../schemas/actor.ts';
import type { Role } from '../schemas/enums.ts';
import { type InboxItem, inbox } from '../store/inbox.ts';
import { deeds } from './officers.ts';
import type { Stage } from './stage.ts';

const LOOK_MS = 1_000;
const AT_ONCE = 8;

/** Refusals that only say that the inbox was read a moment too early. */
const stale: ReadonlySet<string> = new Set([
  'EID_ERR_TASK_CLOSED',
  'EID_ERR_TASK_HELD',
  'EID_ERR_TASK_UNKNOWN',
  'EID_ERR_OUT_OF_PLACE',
  'EID_ERR_CASE_CLOSED',
]);

const calling: ReadonlySet<string> = new Set([
  'TaskOpened',
  'TaskEscalated',
  'TaskReassigned',
  'TaskOverdue',
]);

/** The people of one unit: they look into the unit's inbox when there is news, and do what is there. */
export async function keepDesk(stage: Stage, unit: string): Promise<void> {
  const colleagues = stage.people.filter((person) => person.unit === unit);
  const roles = [...new Set(colleagues.flatMap((person) => person.roles))];
  let ring: () => void = () => undefined;
  let rung = false;
  stage.news.onEvent(({ type, data }) => {
    if (!calling.has(type) || (data.unit ?? data.toUnit ?? unit) !== unit) return;
    rung = true;
    ring();
  });
  while (!stage.signal.aborted) {
    rung = false;
    const did = await look(stage, unit, roles, colleagues);
    if (did || rung) continue;
    const rest = new AbortController();
    ring = () => rest.abort();
    const signal = AbortSignal.any([rest.signal, stage.signal]);
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function look(
  stage: Stage,
  unit: string,
  roles: readonly Role[],
  colleagues: readonly Actor[],
): Promise<boolean> {
  const { items } = await inbox(stage.pool, { units: [unit], roles, limit: 100 });
  let did = false;
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
  const entry = stage.entryOf(item.stream);
  try {
    return await deed({ stage, item, entry, person });
  } catch (error) {
    if (error instanceof DomainError && stale.has(error.code)) return false;
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
