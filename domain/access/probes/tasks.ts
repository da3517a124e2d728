import type { NoticeCommand } from '../../../schemas/notice.ts';
import type { Colleague, Task, TaskCommand, TaskKind } from '../../../schemas/task.ts';
import { isOpen } from '../../task/find.ts';
import { never, type Probes, type Probing, WORDS } from './probe.ts';

type WithTasks = { readonly tasks: readonly Task[] };

/** The ways of giving a command for each open task of a kind. */
export const onTask =
  <Data>(kind: TaskKind, ways: (taskId: string, now: number) => readonly Data[]) =>
  ({ state, now }: Probing<WithTasks>): readonly Data[] =>
    state.tasks.filter((task) => task.kind === kind && isOpen(task)).flatMap(({ id }) => ways(id, now));

const onEvery =
  <Data>(data: (task: Task) => Data) =>
  ({ state }: Probing<WithTasks>): readonly Data[] =>
    state.tasks.filter(isOpen).map(data);

/** A person as the task asks for one: whether there is such a colleague is the directory's to say. */
const somebodyFitting = ({ role, units, unitPath }: Task): Colleague => ({
  id: 'somebody-fitting',
  name: WORDS,
  roles: [role],
  unit: units[0] ?? '',
  unitPath,
});

const reference = ({ id }: Task) => ({ taskId: id });
const handOver = (task: Task) => ({ taskId: task.id, to: somebodyFitting(task) });

/** What every case with tasks and notices understands. */
export const sharedProbes: Probes<TaskCommand | NoticeCommand, WithTasks> = {
  ClaimTask: onEvery(reference),
  ReleaseTask: onEvery(reference),
  ReassignTask: onEvery(handOver),
  DelegateTask: onEvery(handOver),
  EscalateTask: onEvery(reference),
  MarkTaskOverdue: never,
  EscalateDueTask: never,
  RecordNoticeOutcome: never,
  ResolveNotice: onTask('DELIVER_NOTICE', (taskId) => [
    { taskId, action: 'HANDED_OVER', note: WORDS },
    { taskId, action: 'RETRY', note: WORDS },
  ]),
};
