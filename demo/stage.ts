import { DomainError } from '../domain/error.ts';
import type { Actor } from '../schemas/actor.ts';
import type { Role } from '../schemas/enums.ts';
import type { Follow } from './follow.ts';
import type { Http } from './http/client.ts';
import { command, type Opener, open, type Saying } from './http/commands.ts';
import type { Ledger } from './ledger.ts';
import type { Units } from './units.ts';

/** Where the demo's people act: they read and give commands over HTTP, each with a token of their own, and hear of news; nothing else. */
export type Stage = {
  readonly http: Http;
  readonly news: Follow;
  readonly units: Units;
  readonly people: readonly Actor[];
  /** What became of the rows of the file. */
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
};

/** Who acts: the rest of a person is in the token. */
export type Person = Pick<Actor, 'id'>;

async function noting<T>({ ledger }: Stage, about: string, attempt: Promise<T>): Promise<T> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof DomainError) ledger.met(about, error.code);
    throw error;
  }
}

/** What came of it, or the refusal instead of throwing it. */
export async function orRefusal<T>(attempt: Promise<T>): Promise<T | DomainError> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

/** A person gives a command to a case. @throws DomainError with the code of whatever refuses, noted in the ledger */
export async function say(stage: Stage, stream: string, { id }: Person, saying: Saying): Promise<void> {
  await noting(stage, stream, command(stage.http, id, stream, saying));
}

/** Says it, and gives back the refusal instead of throwing it. */
export async function trySay(
  stage: Stage,
  stream: string,
  person: Person,
  saying: Saying,
): Promise<DomainError | undefined> {
  const said = await orRefusal(say(stage, stream, person, saying));
  return said instanceof DomainError ? said : undefined;
}

/** A person opens a case, which the server names. `about`: the row's id, or whatever tells it from others. @throws DomainError as `say` */
export async function openCase(
  stage: Stage,
  { id }: Person,
  { type, data, about }: { readonly type: Opener; readonly data: unknown; readonly about: string },
): Promise<string> {
  const { stream } = await noting(stage, about, open(stage.http, id, type, data, about));
  return stream;
}

/** The nth person of a unit in a role. @throws when the unit has none */
export function personIn(stage: Pick<Stage, 'people'>, unit: string, role: Role, nth = 0): Actor {
  const found = stage.people.filter((person) => person.unit === unit && person.roles.includes(role));
  const person = found[nth % Math.max(found.length, 1)];
  if (!person) throw new Error(`people.yaml has no ${role} in ${unit}`);
  return person;
}
