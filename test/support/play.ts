import { DomainError } from '../../domain/error.ts';
import type { Actor } from '../../schemas/actor.ts';
import { filingOf, officers, registrant } from './requests.ts';
import type { TestSystem } from './system.ts';

export const streamOf = (n: number): string => `registration-t${n}`;

type Sender = Pick<TestSystem, 'cases'>;

/**
 * Sends a command under an id made of its stream, type and `turn`, and again under the same id for as long as the system
 * says that it cannot answer now: what every caller is told to do.
 */
export async function send(
  { cases }: Sender,
  stream: string,
  actor: Actor,
  type: string,
  data: unknown,
  turn = 1,
): Promise<{ readonly version: number }> {
  for (;;) {
    try {
      return await cases.send(stream, { id: `${stream}/${type}/${turn}`, actor, type, data });
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'EID_ERR_UNAVAILABLE')) throw error;
    }
  }
}

export const file = (system: Sender, n: number) =>
  send(system, streamOf(n), registrant(n), 'FileRequest', filingOf(n));

/** Files request `n` and takes it through proposal and decision until its account is open. */
export async function issue(system: TestSystem, n: number): Promise<void> {
  const stream = streamOf(n);
  await file(system, n);
  await system.watch.untilStatus(stream, 'PENDING_PROPOSAL');
  await send(system, stream, officers.proposer, 'ProposeIssuance', { taskId: 'propose-1', list: 'test' });
  await send(system, stream, officers.director, 'DecideRequest', {
    taskId: 'decide-1',
    decision: 'APPROVE',
    reasons: [],
  });
  await system.watch.until(stream, ({ closed }) => closed);
}
