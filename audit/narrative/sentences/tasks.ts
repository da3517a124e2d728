import { type TaskEvent, TaskKind } from '../../../schemas/task.ts';
import { type Both, both, en, quoted, vi } from '../both.ts';
import { endInWords } from '../lengths.ts';
import { type Tellers, type Telling, time, unit } from '../teller.ts';
import { inWords } from '../terms/codes.ts';
import { climbCauses, roleNames, taskKinds } from '../terms/common.ts';

/** What a task of the case asks to be done; in general words when the case does not say. */
function task({ taskKind }: Telling, taskId: string): Both {
  const kind = TaskKind.safeParse(taskKind(taskId));
  return kind.success ? taskKinds[kind.data] : both('công việc', 'a task');
}

export const taskTellers: Tellers<TaskEvent> = {
  TaskOpened: ({ kind, role, unit: code, dueAt }, telling) => ({
    vi: vi`Giao việc cho ${roleNames[role]}, đơn vị ${unit(telling, code)}: ${taskKinds[kind]}${dueAt && vi`, đến ${endInWords(dueAt)}`}`,
    en: en`Work for the ${roleNames[role]} of ${unit(telling, code)}: ${taskKinds[kind]}${dueAt && en`, until ${endInWords(dueAt)}`}`,
    parameter: 'tasks',
  }),
  TaskClaimed: ({ taskId, holder }, telling) => ({
    vi: vi`${holder.name} nhận việc: ${task(telling, taskId)}`,
    en: en`${holder.name} takes the task: ${task(telling, taskId)}`,
    parameter: 'tasks',
  }),
  TaskReleased: ({ taskId, note }, telling) => ({
    vi: vi`Trả lại việc: ${task(telling, taskId)}${quoted(note)}`,
    en: en`The task is given back: ${task(telling, taskId)}${quoted(note)}`,
    parameter: 'tasks',
  }),
  TaskReassigned: ({ taskId, from, to, note }, telling) => ({
    vi: vi`Phân công lại việc ${task(telling, taskId)}${from && vi` từ ${from.name}`} cho ${to.name}${quoted(note)}`,
    en: en`The task is reassigned${from && en` from ${from.name}`} to ${to.name}: ${task(telling, taskId)}${quoted(note)}`,
    parameter: 'fourEyes',
  }),
  TaskDelegated: ({ taskId, from, to, note }, telling) => ({
    vi: vi`${from.name} ủy quyền cho ${to.name} việc: ${task(telling, taskId)}${quoted(note)}`,
    en: en`${from.name} delegates to ${to.name}: ${task(telling, taskId)}${quoted(note)}`,
    parameter: 'fourEyes',
  }),
  TaskEscalated: ({ taskId, toUnit, cause, note }, telling) => ({
    vi: vi`Chuyển lên ${unit(telling, toUnit)} (${climbCauses[cause]}): ${task(telling, taskId)}${quoted(note)}`,
    en: en`Taken up to ${unit(telling, toUnit)} (${climbCauses[cause]}): ${task(telling, taskId)}${quoted(note)}`,
    parameter: 'escalation',
  }),
  TaskOverdue: ({ taskId, dueAt }, telling) => ({
    vi: vi`Việc quá hạn từ ${time(dueAt)}: ${task(telling, taskId)}`,
    en: en`The task is overdue since ${time(dueAt)}: ${task(telling, taskId)}`,
    parameter: 'tasks',
  }),
  TaskCompleted: ({ taskId, by }, telling) => ({
    vi: vi`${by.name} hoàn thành việc: ${task(telling, taskId)}`,
    en: en`${by.name} completes the task: ${task(telling, taskId)}`,
    parameter: 'tasks',
  }),
  TaskCancelled: ({ taskId, why }, telling) => ({
    vi: vi`Hủy việc ${task(telling, taskId)}: ${inWords(why)}`,
    en: en`The task is cancelled (${task(telling, taskId)}): ${inWords(why)}`,
    parameter: 'tasks',
  }),
};
