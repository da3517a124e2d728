import type { AccountState } from '../../schemas/account.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType } from '../../schemas/case.ts';
import type { RegistryChange } from '../../schemas/change.ts';
import type { OrganisationCategory } from '../../schemas/enums.ts';
import type { ErrorCode } from '../../schemas/errors.ts';
import type { ProofRefusal } from '../../schemas/proof.ts';
import type { Registry } from '../../schemas/registry.ts';
import type { TaskKind } from '../../schemas/task.ts';
import { type CaseState, readCase, type Saying } from '../http/commands.ts';
import { type Person, type Stage, say, trySay } from '../stage.ts';

/** What a registry is told to say of an organisation; `key` is the organisation's code. */
export type Rumour = Partial<Pick<RegistryChange, 'values' | 'status' | 'mergedInto'>> & {
  readonly key: string;
  readonly publish?: 'ONCE' | 'TWICE' | 'AFTER_NEXT';
};

/** What a desk says of a proof that was shown to it. */
export type DeskAnswer = 'ACCEPTED' | ProofRefusal;

/** The world around the accounts, beside the stage that the requests were played on. */
export type World = {
  readonly stage: Stage;
  /** One day of the law, in ms. */
  readonly dayMs: number;
  /** The registry that registers organisations of this kind, as the policy says. */
  keeperOf(category: OrganisationCategory): Registry;
  /** A registry's own people change a record there, and the registry publishes it. */
  registry(registry: Registry, rumour: Rumour): Promise<void>;
  /** Tells a relying service to fall silent about the next lock of a number. */
  silence(service: string, number: string): Promise<void>;
  /** The owner shows a proof; `spoil` is done to it on the way. */
  showProof(account: string, owner: Actor, spoil?: 'FORGE' | 'WAIT'): Promise<DeskAnswer>;
};

/** One account and its owner, for one story. */
export type Scene = World & {
  readonly account: string;
  readonly number: string;
  readonly organisation: string;
  readonly code: string;
  readonly keeper: Registry;
  readonly owner: Actor;
};

/** Waits until a case stands as is said, as somebody may see it. @throws when the demo is over before */
export async function until<T extends CaseType>(
  { stage }: Pick<World, 'stage'>,
  { id }: Person,
  caseType: T,
  stream: string,
  holds: (state: CaseState<T>) => boolean,
): Promise<CaseState<T>> {
  for (let seen = 0; !stage.signal.aborted; ) {
    await stage.news.until(stream, seen);
    const { state, version } = await readCase(stage.http, id, caseType, stream);
    if (holds(state)) return state;
    seen = version;
  }
  throw new Error(`${stream} did not come to what was waited for`);
}

export const untilLocked = (scene: Scene, locked = true): Promise<AccountState> =>
  until(scene, scene.owner, 'account', scene.account, ({ grounds }) => grounds.length > 0 === locked);

/** The open task of a kind, once there is one that somebody may see. */
export async function untilTask(
  scene: Pick<World, 'stage'>,
  person: Person,
  stream: string,
  kind: TaskKind,
): Promise<string> {
  const isOpen = (task: AccountState['tasks'][number]) =>
    task.kind === kind && (task.status === 'OPEN' || task.status === 'CLAIMED');
  const caseType = stream.startsWith('account-') ? 'account' : 'lock-order';
  const { tasks } = await until(scene, person, caseType, stream, (state) => state.tasks.some(isOpen));
  return tasks.find(isOpen)?.id ?? '';
}

export const owner = (scene: Scene, saying: Saying): Promise<void> =>
  say(scene.stage, scene.account, scene.owner, saying);

/** Somebody tries what the rules refuse. @throws when they do not, or with another code */
export async function mustBeRefused(
  { stage }: Pick<World, 'stage'>,
  stream: string,
  actor: Person,
  saying: Saying,
  code: ErrorCode,
): Promise<void> {
  const refusal = await trySay(stage, stream, actor, saying);
  if (refusal?.code !== code)
    throw new Error(`${saying.type} on ${stream}: ${refusal?.code ?? 'taken'}, not ${code}`);
}
