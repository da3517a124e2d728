import { readCase } from '../http/commands.ts';
import type { Entry } from '../read-organisations.ts';
import { registrantOf } from '../registrant.ts';
import type { Scene, World } from './scene.ts';
import { accountStories } from './stories.ts';
import type { AccountStory } from './story.ts';

/** A story and the account it was played on; `failed` says what did not go as it should. */
export type Played = {
  readonly name: string;
  readonly story: AccountStory;
  readonly entry: Entry;
  readonly account: string;
  readonly failed?: string;
};

/** Plays what happens to accounts after their activation, each story on an account of its own, all at once. */
export async function playAccounts(world: World, entries: readonly Entry[]): Promise<Played[]> {
  const free = [...entries];
  const cast = Object.entries(accountStories).map(([name, story]) => {
    const at = free.findIndex(
      ({ path, dossier }) => path === story.takes && dossier.organisation.code !== undefined,
    );
    const [entry] = at < 0 ? [] : free.splice(at, 1);
    if (!entry) throw new Error(`no organisation is left for the story "${name}"`);
    return { name, story, entry };
  });
  return Promise.all(
    cast.map(async ({ name, story, entry }) => {
      const scene = await sceneOf(world, entry);
      const played = { name, story, entry, account: scene.account };
      try {
        await story.play(scene);
        return played;
      } catch (error) {
        return { ...played, failed: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}

/** What the owner finds of the own account. @throws when there is none */
async function sceneOf(world: World, entry: Entry): Promise<Scene> {
  const { http, ledger } = world.stage;
  const owner = registrantOf(entry);
  const request = ledger.streamOf(entry);
  const account = request && (await readCase(http, owner.id, 'registration', request)).state.account;
  if (account === undefined) throw new Error(`${entry.id} has no account`);
  const { number, identity } = (await readCase(http, owner.id, 'account', account)).state;
  if (number === undefined || identity === undefined) throw new Error(`${account} is not open`);
  const { code = '', category } = entry.dossier.organisation;
  const keeper = world.keeperOf(category);
  return { ...world, account, number, organisation: identity.names.vi, code, keeper, owner };
}
