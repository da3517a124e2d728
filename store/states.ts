import { LRUCache } from 'lru-cache';
import type { Queryable } from './pool.ts';
import type { Projection } from './projection.ts';
import { readFacts } from './read.ts';

type Kept = { readonly version: number; readonly state: unknown };

export type States = {
  /** State of a stream at exactly this version, or none when the log is ahead of it or not yet there. */
  at(projection: Projection, stream: string, version: number): Promise<unknown | undefined>;
  /** Remembers what the log now holds. */
  keep(stream: string, version: number, state: unknown): void;
};

/**
 * States that this process knows, at a version each. Another process may have written since: an entry serves only a
 * writer that expects its very version, and the append is fenced by that version anyway.
 */
export function createStates(db: Queryable, size: number): States {
  const cache = new LRUCache<string, Kept>({ max: size });

  async function load(projection: Projection, stream: string): Promise<Kept> {
    const { rows } = await db.query<Kept>({
      name: 'state',
      text: 'select version, state from orgeid.cases where stream = $1',
      values: [stream],
    });
    return rows[0] ?? { version: 0, state: projection.initial(stream) };
  }

  return {
    async at(projection, stream, version) {
      if (version === 0) return projection.initial(stream);
      const cached = cache.get(stream);
      if (cached?.version === version) return cached.state;
      const row = await load(projection, stream);
      if (row.version === version) return row.state;
      if (row.version > version) return undefined;
      const missing = (await readFacts(db, stream, row.version)).filter((fact) => fact.version <= version);
      if (missing.at(-1)?.version !== version) return undefined;
      return missing.reduce(
        (state, { type, data, at, by }) => projection.evolve(state, { type, data, at, by }),
        row.state,
      );
    },
    keep(stream, version, state) {
      cache.set(stream, { version, state });
    },
  };
}
