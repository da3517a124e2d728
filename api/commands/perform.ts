import type { BodyOf, StateOf } from '../../domain/access/case.ts';
import { mustBeGranted } from '../../domain/access/permission.ts';
import { groundOf } from '../../domain/access-history/ground.ts';
import { DomainError } from '../../domain/error.ts';
import { projections } from '../../domain/projections.ts';
import { failpoint } from '../../processes/failpoint.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { CommandResult } from '../../schemas/http/command.ts';
import { bindKey, releaseKey } from '../../store/commandKeys.ts';
import { readCase } from '../../store/readCase.ts';
import type { Access } from '../access-history/recorded.ts';
import type { Api } from '../context.ts';
import { within } from '../within.ts';
import { translate } from './translate.ts';

/** A command as a caller sent it. */
export type SentCommand = {
  readonly caseType: CaseType;
  readonly stream: string;
  readonly type: string;
  readonly said: Readonly<Record<string, unknown>>;
  /** Idempotency key: the command's id. */
  readonly key: string;
  readonly ifVersion?: number;
  readonly correlationId: string;
};

type AnyType = BodyOf[CaseType]['type'];

/**
 * Carries out a command for a caller: once for its key, if the table lets them, and if the case takes it.
 * @param access learns on what ground
 * @throws DomainError whatever refuses; EID_ERR_UNAVAILABLE when nothing answered in time, and then the key finds out
 */
export async function perform(
  api: Api,
  actor: Actor,
  sent: SentCommand,
  access?: Pick<Access, 'ground'>,
): Promise<CommandResult> {
  const { key, stream } = sent;
  const late = () => new DomainError('EID_ERR_UNAVAILABLE', { stream, commandId: key });
  const version = await within(api.deadlineMs, () => carryOut(api, actor, sent, access), late);
  failpoint('command.done');
  return { commandId: key, stream, version };
}

async function carryOut(
  api: Api,
  actor: Actor,
  sent: SentCommand,
  access: Pick<Access, 'ground'> | undefined,
): Promise<number> {
  const { key, stream, type, said } = sent;
  const keyed = { key, actorId: actor.id, stream, type, sent: said };
  const done = await bindKey(api.pool, keyed);
  if (done !== undefined) return done;
  failpoint('command.bound');
  try {
    return (await attempt(api, actor, sent, access)).version;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'EID_ERR_UNAVAILABLE') throw error;
    // An earlier sending may have been recorded meanwhile, and be why this one is refused: its sender no longer holds what it gave back.
    const recorded = await bindKey(api.pool, keyed);
    if (recorded !== undefined) return recorded;
    await releaseKey(api.pool, key, actor.id).catch((err: unknown) =>
      api.log.warn({ err }, 'a key was not given back'),
    );
    throw error;
  }
}

async function attempt(
  api: Api,
  actor: Actor,
  sent: SentCommand,
  access: Pick<Access, 'ground'> | undefined,
) {
  const { caseType, stream, type, said, key, ifVersion, correlationId } = sent;
  const row = await readCase(api.pool, stream);
  // The log holds under each stream only what its type's own `decide` made.
  const state = (row?.state ?? projections[caseType].initial(stream)) as StateOf[CaseType];
  if (access) access.ground = groundOf(actor, caseType, state, type, api.access);
  mustBeGranted(actor, caseType, state, type as AnyType, api.access);
  const data = await translate(api, actor, type, said, state);
  const seenVersion = Math.max(row?.version ?? 0, ifVersion ?? 0);
  return await api.cases.send(stream, {
    id: key,
    actor,
    type,
    data,
    seenVersion,
    ...(ifVersion === undefined ? {} : { ifVersion }),
    correlationId,
  });
}
