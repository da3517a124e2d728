import { DomainError } from '../domain/error.ts';
import type { CaseType } from '../schemas/case.ts';
import type { Role } from '../schemas/enums.ts';
import type { Task, TaskKind, TaskStatus } from '../schemas/task.ts';
import type { Queryable } from './pool.ts';

/** Whose inbox: what people of these units in one of these roles may take, or what one person holds. */
export type InboxOwner =
  | { readonly units: readonly string[]; readonly roles: readonly Role[] }
  | { readonly holder: string };

export type InboxQuery = InboxOwner & {
  readonly kinds?: readonly TaskKind[];
  /** Default `OPEN` and `CLAIMED`. */
  readonly status?: readonly TaskStatus[];
  /** Only tasks due before this instant, ISO 8601. */
  readonly dueBefore?: string;
  /** 1 to 200. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
};

export type InboxItem = {
  readonly stream: string;
  readonly caseType: CaseType;
  readonly caseVersion: number;
  readonly caseStatus: string;
  readonly title: string;
  readonly task: Task;
};

/** `next` is there when more may follow. */
export type InboxPage = { readonly items: readonly InboxItem[]; readonly next?: string };

type Row = InboxItem & { readonly due_key: string; readonly task_id: string };

/**
 * Tasks in order of due time, then stream, then task; those without a limit last.
 *
 * @throws DomainError `EID_ERR_SHAPE` when `after` was not given out by an inbox
 */
export async function inbox(db: Queryable, query: InboxQuery): Promise<InboxPage> {
  const limit = Math.min(Math.max(Math.trunc(query.limit), 1), 200);
  const { text, values } = statement(query, limit);
  const { rows } = await db.query<Row>(text, values);
  const last = rows.at(-1);
  return {
    items: rows.map(({ due_key: _, task_id: __, ...item }) => item),
    ...(last && rows.length === limit ? { next: toCursor(last) } : {}),
  };
}

function statement(query: InboxQuery, limit: number): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const status = query.status ?? ['OPEN', 'CLAIMED'];
  const where = [`t.status = any (${bind(status)})`];
  // In so many words, or the partial indexes of open tasks cannot be used.
  if (status.every((one) => one === 'OPEN' || one === 'CLAIMED'))
    where.push("t.status in ('OPEN', 'CLAIMED')");
  if ('holder' in query) where.push(`t.holder = ${bind(query.holder)}`);
  else where.push(`t.units && ${bind(query.units)}::text[]`, `t.role = any (${bind(query.roles)})`);
  if (query.kinds) where.push(`t.kind = any (${bind(query.kinds)})`);
  if (query.dueBefore) where.push(`t.due_key < ${bind(query.dueBefore)}`);
  if (query.after) {
    const [due, stream, id] = fromCursor(query.after);
    where.push(
      `(t.due_key, t.stream, t.task_id) > (${bind(due)}::timestamptz, ${bind(stream)}, ${bind(id)})`,
    );
  }
  const text = `select t.stream, c.type as "caseType", c.version as "caseVersion", c.status as "caseStatus", c.title, t.task,
      t.due_key::text as due_key, t.task_id
    from orgeid.tasks t join orgeid.cases c on c.stream = t.stream
    where ${where.join(' and ')}
    order by t.due_key, t.stream, t.task_id limit ${bind(limit)}`;
  return { text, values };
}

const toCursor = ({ due_key, stream, task_id }: Row): string =>
  Buffer.from(JSON.stringify([due_key, stream, task_id])).toString('base64url');

function fromCursor(cursor: string): [string, string, string] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 3 && parts.every((part) => typeof part === 'string')) {
      const [due, stream, id] = parts as [string, string, string];
      if (due === 'infinity' || !Number.isNaN(Date.parse(due))) return [due, stream, id];
    }
  } catch {
    // told below
  }
  throw new DomainError('EID_ERR_SHAPE', { field: 'after', reason: 'not a cursor of an inbox' });
}
