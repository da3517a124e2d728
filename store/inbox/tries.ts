import type { Queryable } from '../pool.ts';

/**
 * A task that was to be claimed under a key, as it was then: the how-manieth try it is, and the version of the case that it led to once the log
 * holds it.
 */
export type Try = {
  readonly n: number;
  readonly stream: string;
  readonly taskId: string;
  readonly taskVersion: number;
  readonly version?: number;
};

type Noted = { readonly stream: string; readonly task: string };

const taskText = ({ taskId, taskVersion }: Try): string => `${taskVersion} ${taskId}`;
const toTry = (n: number, { stream, task }: Noted): Try => {
  const [taskVersion = '', ...id] = task.split(' ');
  return { n, stream, taskId: id.join(' '), taskVersion: Number(taskVersion) };
};

const offerKey = (key: string, n: number): string => `${key}.${n}.offer`;

/** The id of the command of one try. Keys of people have no dot, so that nobody can send a command under it. */
export const tryKey = (key: string, n: number): string => `${key}.${n}`;

/** What a person tried under a key until now, first to last. */
export async function triesOf(db: Queryable, key: string, actorId: string, most: number): Promise<Try[]> {
  const all = Array.from({ length: most }, (_, i) => i + 1);
  const { rows } = await db.query<Noted & { n: number; version: number | null }>({
    name: 'tries',
    text: `select u.n::integer as n, k.stream, k.type as task,
        (select max(e.version) from orgeid.events e where e.stream = k.stream and e.command_id = u.command) as version
      from unnest($1::text[], $2::text[]) with ordinality u (offer, command, n)
      join orgeid.command_keys k on k.key = u.offer
      where k.actor = $3 order by u.n`,
    values: [all.map((n) => offerKey(key, n)), all.map((n) => tryKey(key, n)), actorId],
  });
  return rows.map(({ n, version, ...noted }) => ({
    ...toTry(n, noted),
    ...(version === null ? {} : { version }),
  }));
}

/**
 * Notes what is tried next, before it is: whoever repeats the key goes on there. Of two at once the first counts; both are told its task.
 * Not waited for on disk: the claim itself is, and it comes after.
 */
export async function noteTry(db: Queryable, key: string, actorId: string, one: Try): Promise<Try> {
  const { n, stream } = one;
  const values = [offerKey(key, n), actorId, stream, taskText(one)];
  for (;;) {
    const { rows } = await db.query<Noted>({
      name: 'note-try',
      text: `with quick as (select set_config('synchronous_commit', 'off', true)),
        given as (
          insert into orgeid.command_keys (key, actor, stream, type, digest)
          select $1, $2, $3, $4, ''::bytea from quick on conflict (key) do nothing returning stream, type)
        select stream, type as task from given
        union all select stream, type from orgeid.command_keys where key = $1 and actor = $2`,
      values,
    });
    const [noted] = rows;
    if (noted) return toTry(n, noted);
  }
}
