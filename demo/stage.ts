import type { Pool } from 'pg';
import type { Cases } from '../client/cases.ts';
import { DomainError } from '../domain/error.ts';
import type { Actor } from '../schemas/actor.ts';
import type { Role } from '../schemas/enums.ts';
import type { ErrorCode } from '../schemas/errors.ts';
import type { Follow } from './follow.ts';
import type { Entry } from './read-organisations.ts';
import type { Units } from './units.ts';

/** Where the demo's people act: they send commands, read PostgreSQL, and hear of news; nothing else. */
export type Stage = {
  readonly cases: Pick<Cases, 'send'>;
  readonly pool: Pool;
  readonly news: Follow;
  readonly units: Units;
  readonly people: readonly Actor[];
  /** The row behind a request's stream. */
  entryOf(stream: string): Entry | undefined;
  /** Refusals that people met, by stream. */
  readonly met: Map<string, ErrorCode[]>;
  readonly signal: AbortSignal;
};

export type Saying = { readonly type: string; readonly data: unknown; readonly turn?: string | number };

const TRIES = 3;

/**
 * A person gives a command; sent again under the same id when nothing answers.
 * @throws DomainError with the code of whatever refuses, noted in `met`
 */
export async function say(stage: Stage, stream: string, actor: Actor, saying: Saying): Promise<void> {
  const id = `${stream}/${actor.id}/${saying.type}/${saying.turn ?? 1}`;
  const command = { id, actor, type: saying.type, data: saying.data, correlationId: `demo-${stream}` };
  for (let attempt = 1; ; attempt++) {
    try {
      await stage.cases.send(stream, command);
      return;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code === 'EID_ERR_UNAVAILABLE' && attempt < TRIES && !stage.signal.aborted) continue;
      stage.met.set(stream, [...(stage.met.get(stream) ?? []), error.code]);
      throw error;
    }
  }
}

/** Says it, and gives back the refusal instead of throwing it. */
export async function trySay(
  stage: Stage,
  stream: string,
  actor: Actor,
  saying: Saying,
): Promise<DomainError | undefined> {
  try {
    await say(stage, stream, actor, saying);
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** The nth person of a unit in a role. @throws when the unit has none */
export function personIn(stage: Pick<Stage, 'people'>, unit: string, role: Role, nth = 0): Actor {
  const found = stage.people.filter((person) => person.unit === unit && person.roles.includes(role));
  const person = found[nth % Math.max(found.length, 1)];
  if (!person) throw new Error(`people.yaml has no ${role} in ${unit}`);
  return person;
}
