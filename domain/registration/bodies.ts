import type { TaskKind } from '../../schemas/task.ts';
import { DomainError } from '../error.ts';
import { mustFit, mustHaveFourEyes } from '../task/access.ts';
import { heldByAnother, personRef } from '../task/decide.ts';
import { openTaskOf } from '../task/find.ts';
import { c06Place } from '../task/place.ts';
import { mustBeAskable } from '../verification/answers.ts';
import { officeOf } from '../verification/office.ts';
import { withClaim } from './bodies-asked.ts';
import { type CommandNamed, type Decision, filed, isUndecided, outOfPlace, type Rules } from './state.ts';

const asking: ReadonlySet<TaskKind> = new Set<TaskKind>([
  'RESOLVE_SILENCE',
  'RESOLVE_MISMATCH',
  'VERIFY',
  'CONFIRM',
  'PROPOSE',
  'DECIDE',
]);

/** Whether the officer of such a task may ask another body before doing it. */
export const mayAsk = (kind: TaskKind): boolean => asking.has(kind);

/** Whoever has the task asks a body for it; the task stays theirs to do, with the answer or without. */
export function askBody(d: Decision, { data }: CommandNamed<'AskBody'>, rules: Rules): void {
  const { state, actor } = d;
  if (!isUndecided(state)) throw outOfPlace(state);
  const { taskId, body, place, questions, ...why } = data;
  const task = openTaskOf(state.tasks, taskId);
  if (!mayAsk(task.kind)) throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId, kind: task.kind });
  mustFit(task, actor);
  if (task.holder && task.holder.id !== actor.id) throw heldByAnother(task);
  mustHaveFourEyes(state.tasks, task, actor.id, rules);
  mustBeAskable(questions);
  if (!task.holder) d.add({ type: 'TaskClaimed', data: { taskId, holder: personRef(actor) } });
  const { verification: local } = filed(state).jurisdiction;
  const asker = task.units[0] === rules.c06Unit ? c06Place(rules) : local;
  const { unit, name } = officeOf(body, place);
  d.add({
    type: 'BodyAsked',
    data: {
      verification: `verification-${state.stream.replace(/^registration-/, '')}-${(state.bodies?.length ?? 0) + 1}`,
      body,
      place,
      office: { unit, name },
      asking: {
        questions: questions.map((question) => withClaim(question, state)),
        ...why,
        asker,
        askedBy: personRef(actor),
      },
    },
  });
}

/** The verification is open. */
export function recordBodyAsked(d: Decision, { data }: CommandNamed<'RecordBodyAsked'>): void {
  const asked = d.state.bodies?.find(({ verification }) => verification === data.verification);
  if (asked?.status === 'ASKED') d.add({ type: 'BodyQuestionSent', data });
}

/** How the verification ended. It completes no task: an officer decides with it. */
export function recordBodyAnswer(d: Decision, { data }: CommandNamed<'RecordBodyAnswer'>): void {
  const asked = d.state.bodies?.find(({ verification }) => verification === data.verification);
  if (asked && asked.status !== 'ENDED') d.add({ type: 'BodyAnswered', data });
}
