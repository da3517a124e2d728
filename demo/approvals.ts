import { DomainError } from '../domain/error.ts';
import type { Actor } from '../schemas/actor.ts';
import { type ManyDecisions, ManyResults } from '../schemas/http/proposals.ts';
import type { InboxItem } from '../schemas/inbox.ts';
import { keyOf } from './http/commands.ts';
import { isStale } from './http/inbox.ts';
import type { Stage } from './stage.ts';

type Approvals = Pick<ManyDecisions, 'decision' | 'items'>;

/** The Director sends the first proposal of this storyline back. */
const sendsBack = ({ ledger }: Pick<Stage, 'ledger'>, { stream, task }: InboxItem): boolean =>
  ledger.entryOf(stream)?.path === 'sent back by the director' && task.id === 'decide-1';

/** Of an inbox, what the Director approves as it stands. */
export const approvable = (stage: Pick<Stage, 'ledger'>, items: readonly InboxItem[]): InboxItem[] =>
  items.filter(
    (item) =>
      item.task.kind === 'DECIDE' &&
      stage.ledger.entryOf(item.stream) !== undefined &&
      !sendsBack(stage, item),
  );

/**
 * The Director approves many requests in one call; each is decided on its own.
 * @returns whether any was approved
 * @throws DomainError what one was refused with, unless the inbox was only read a moment too early
 */
export async function approve(
  stage: Pick<Stage, 'http' | 'ledger'>,
  { id }: Actor,
  items: readonly InboxItem[],
): Promise<boolean> {
  const named = items.map(({ stream, task }) => ({ stream, taskId: task.id }));
  const body: Approvals = { decision: 'APPROVE', items: named };
  const key = keyOf(id, 'decisions', ...named.flatMap(({ stream, taskId }) => [stream, taskId]));
  const results = await stage.http.post(id, '/registrations/decisions', body, key, ManyResults);
  for (const one of results.items) {
    if (one.result !== 'REFUSED' || isStale(one.problem.code)) continue;
    stage.ledger.met(one.stream, one.problem.code);
    throw new DomainError(one.problem.code, one.problem.details);
  }
  return results.done > 0;
}
