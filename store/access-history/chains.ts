import type { Queryable } from '../pool.ts';

/** How far a writer's chain goes; noted elsewhere, it shows later whether what came before was rewritten. */
export type AccessHead = { readonly writer: string; readonly seq: number; readonly hash: string };

/** A row of the history as the chain covers it, with the columns that repeat its body. */
export type ChainRow = {
  readonly seq: number;
  readonly recordedAt: string;
  readonly body: string;
  readonly prevHash: string;
  readonly hash: string;
  readonly columns: Columns;
};

export type Columns = {
  readonly id: string;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly result: string;
  readonly stream: string | null;
};

/** A chain as the tables beside the history describe it. */
export type Chain = AccessHead & {
  readonly nr: number;
  readonly genesis: string;
};

/** The end of a chain in a part that was removed. */
export type Anchor = AccessHead & { readonly part: string; readonly until: string };

const hex = (column: string): string => `encode(${column}, 'hex')`;

export async function readChains(db: Queryable): Promise<Chain[]> {
  const { rows } = await db.query<Chain & { readonly seq: string }>(
    `select nr, writer, ${hex('genesis')} as genesis, seq, ${hex('hash')} as hash from orgeid.access_writers order by nr`,
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

export async function readAnchors(db: Queryable): Promise<Anchor[]> {
  const { rows } = await db.query<Anchor & { readonly seq: string }>(
    `select writer, seq, ${hex('hash')} as hash, part, orgeid.instant_us(until) as until
     from orgeid.access_anchors order by writer, seq`,
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** Writers that have rows, named by the rows themselves. */
export async function writersOfRows(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ writer: string }>(
    `with recursive w as (
       (select writer from orgeid.access_history order by writer limit 1)
       union all
       select (select h.writer from orgeid.access_history h where h.writer > w.writer order by h.writer limit 1)
       from w where w.writer is not null)
     select writer from w where writer is not null`,
  );
  return rows.map(({ writer }) => writer);
}

type Raw = {
  readonly seq: string;
  readonly recorded_at: string;
  readonly body: string;
  readonly prev_hash: string;
  readonly hash: string;
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly result: string;
  readonly stream: string | null;
};

const PAGE = 1000;

/** All rows of a writer in order, a page at a time. */
export async function* rowsOf(db: Queryable, writer: string): AsyncGenerator<ChainRow> {
  for (let after = ['0', '-infinity']; ; ) {
    const { rows } = await db.query<Raw>({
      name: 'access-chain',
      text: `select seq, orgeid.instant_us(recorded_at) as recorded_at, body, ${hex('prev_hash')} as prev_hash,
          ${hex('hash')} as hash, id, at, actor, action, result, stream
        from orgeid.access_history
        where writer = $1 and (seq, recorded_at) > ($2, $3::timestamptz)
        order by seq, recorded_at limit ${PAGE}`,
      values: [writer, ...after],
    });
    for (const row of rows) yield toRow(row);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = [last.seq, last.recorded_at];
  }
}

const toRow = ({ seq, recorded_at, body, prev_hash, hash, at, ...columns }: Raw): ChainRow => ({
  seq: Number(seq),
  recordedAt: recorded_at,
  body,
  prevHash: prev_hash,
  hash,
  columns: {
    id: columns.id,
    at: at.getTime(),
    actor: columns.actor,
    action: columns.action,
    result: columns.result,
    stream: columns.stream,
  },
});
