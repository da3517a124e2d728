import type { AccountEvent } from '../../schemas/account.ts';
import type { PublicStatus } from '../../schemas/account-status.ts';
import type { Path } from '../paths.ts';
import type { Scene } from './scene.ts';

/** What happens to an account after it was issued. */
export type AccountStory = {
  /** Whose account it takes: the storyline of a request. */
  readonly takes: Path;
  play(scene: Scene): Promise<void>;
  /** Events that the account's log must hold, in this order. */
  readonly events: readonly AccountEvent['type'][];
  /** How others must see the account in the end. */
  readonly ends: PublicStatus;
};
