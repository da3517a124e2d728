import type { BodyOf, StateOf } from '../../domain/access/case.ts';
import { mustBeGranted } from '../../domain/access/permission.ts';
import { DomainError } from '../../domain/error.ts';
import { projections } from '../../domain/projections.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { CommandResult } from '../../schemas/http/command.ts';
import { bindKey, releaseKey } from '../../store/commandKeys.ts';
import { readCase } from '../../store/readCase.ts';
import type { Api } from '../context.ts';
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
 * @throws DomainError whatever refuses; EID_ERR_UNAVAILABLE when nothing answered in time, and then the key finds out
 */
export async function perform(api: Api, actor: Actor, sent: SentCommand): Promise<CommandResult> {
  const { key, stream, type, said } = sent;
  const keyed = { key, actorId: actor.id, stream, type, sent: said };
  const done = await bindKey(api.pool, keyed);
  if (done !== undefined) return { commandId: key, stream, version: done };
  try {
    const { version } = await attempt(api, actor, sent);
    return { commandId: key, stream, version };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === 'EID_ERR_UNAVAILABLE') throw error;
    await releaseKey(api.pool, key, actor.id).catch((err: unknown) =>
      api.log.warn({ err }, 'a key was not given back'),
    );
    throw error;
  }
}

async function attempt(api: Api, actor: Actor, sent: SentCommand) {
  const { caseType, stream, type, said, key, ifVersion, correlationId } = sent;
  const row = await readCase(api.pool, stream);
  // The log holds under each stream only what its type's own `decide` made.
  const state = (row?.state ?? projections[caseType].initial(stream)) as StateOf[CaseType];
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
