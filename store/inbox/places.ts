import { isOpen } from '../../domain/task/find.ts';
import type { Task } from '../../schemas/task.ts';

/** Where an open task lies in the inboxes of a unit. `climbed`: it came up to the unit from another. */
export type Place = { readonly view: 'unit' | 'below'; readonly unit: string; readonly climbed: boolean };

/** The places of a task: with each unit whose people may act, and with each unit above its own. None once it has ended. */
export function placesOf(task: Task): Place[] {
  if (!isOpen(task)) return [];
  const [own] = task.units;
  const above = [...new Set(task.unitPath)].filter((unit) => unit !== own);
  return [
    ...[...new Set(task.units)].map((unit): Place => ({ view: 'unit', unit, climbed: unit !== own })),
    ...above.map((unit): Place => ({ view: 'below', unit, climbed: false })),
  ];
}
