import { overdueEvents } from '../task/decide.ts';
import { toMs } from '../time.ts';
import { type CommandNamed, type Decision, isWaiting, type Rules } from './state.ts';
import { bodyTask, openStep } from './steps.ts';

/** A reminder whose time has come is put down for the body to see; it decides nothing. */
export function remind(d: Decision, { data }: CommandNamed<'RemindBody'>): void {
  const [at] = d.state.reminders;
  if (at === undefined || data.number !== d.state.reminded + 1 || d.now < toMs(at)) return;
  d.add({ type: 'BodyReminded', data });
}

/** Past the limit it is the asking unit's turn: its people chase the body, or take the question back. The body may still answer. */
export function markOverdue(
  d: Decision,
  { data }: CommandNamed<'MarkVerificationOverdue'>,
  rules: Rules,
): void {
  const { status, dueAt } = d.state;
  if (!isWaiting(d.state) || status === 'OVERDUE' || dueAt !== data.dueAt || d.now < toMs(dueAt)) return;
  d.add({ type: 'VerificationOverdue', data: { dueAt } });
  const task = bodyTask(d.state.tasks);
  if (task && !task.overdue) d.add(...overdueEvents(task, dueAt));
  openStep(d, rules, 'CHASE_VERIFICATION');
}
