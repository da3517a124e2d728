import type { LoggedEvent } from '../schemas/case.ts';
import type { Queryable } from './pool.ts';
import { readStreamPage } from './streamPage.ts';

const PAGE = 500;

/** All events of a stream in order, a page at a time. */
export async function* streamEvents(db: Queryable, stream: string): AsyncGenerator<LoggedEvent, void> {
  for (let after = 0; ; ) {
    const page = await readStreamPage(db, stream, after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.version;
  }
}
