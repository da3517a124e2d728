import { DomainError } from '../../domain/error.ts';
import type { Actor } from '../../schemas/actor.ts';
import { readableCase } from '../cases/detail.ts';
import type { Api } from '../context.ts';
import type { Piece } from './pieces.ts';

/**
 * Refuses the decision of what is not on the list that it is said to be of, and says no more than the caller may know.
 * @throws DomainError EID_ERR_CASE_UNKNOWN, EID_ERR_TASK_UNKNOWN, EID_ERR_NOT_ON_LIST
 */
export async function mustBeOnList(
  api: Pick<Api, 'pool' | 'access'>,
  actor: Actor,
  list: string,
  { stream, taskId }: Pick<Piece, 'stream' | 'taskId'>,
): Promise<void> {
  const { tasks } = await readableCase(api, actor, 'registration', stream);
  const task = tasks.find(({ id }) => id === taskId);
  if (!task) throw new DomainError('EID_ERR_TASK_UNKNOWN', { taskId });
  if (task.about !== list || task.kind !== 'DECIDE')
    throw new DomainError('EID_ERR_NOT_ON_LIST', { taskId, list });
}
