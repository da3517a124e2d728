import { projections } from '../../domain/projections.ts';
import { registration } from '../../domain/registration/index.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { RegistrationCommand, RegistrationState } from '../../schemas/registration.ts';
import { readCase } from '../../store/readCase.ts';
import { createRecorder } from '../../store/record.ts';
import type { TestSystem } from './system.ts';

export type RequestCommand = { readonly id: string; readonly actor: Actor } & RegistrationCommand;

/**
 * Writes what a worker leaves that dies right after the append: the log holds the command, the workflow never heard of it.
 * @returns the version that the log has come to
 */
export async function appendBehindItsBack(
  { pool, policy }: Pick<TestSystem, 'pool' | 'policy'>,
  stream: string,
  command: RequestCommand,
): Promise<number> {
  const found = await readCase(pool, stream);
  const { actor, id } = command;
  const decider = registration(stream, policy);
  const state = (found?.state ?? decider.initial) as RegistrationState;
  const events = decider.decide(command as CommandOf<RegistrationCommand>, state, Date.now());
  const answer = await createRecorder(pool, projections).record({
    stream,
    caseType: 'registration',
    policyVersion: policy.version,
    expectedVersion: found?.version ?? 0,
    commandId: id,
    actor: { id: actor.id, name: actor.name, ...(actor.unit === undefined ? {} : { unit: actor.unit }) },
    at: new Date().toISOString(),
    events,
  });
  if (events.length === 0 || answer.kind !== 'recorded') throw new Error(`${stream} did not take ${id}`);
  return answer.version;
}
