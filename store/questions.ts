import { Instant } from '../schemas/codes.ts';
import {
  type AnswerDisposition,
  type Party,
  QuestionId,
  type Registry,
  type UnavailableCause,
} from '../schemas/registry.ts';
import { fromCursor, toCursor } from './inbox/cursor.ts';
import type { Queryable } from './pool.ts';

/** One attempt of a question, as it is put. Instants are ISO 8601. */
export type AskedQuestion = {
  readonly questionId: string;
  readonly party: Party;
  readonly attempt: number;
  readonly attempts?: number | undefined;
  readonly askedAt: string;
  readonly answerBy?: string | undefined;
  /** When the next attempt is put if this one gets no answer; undefined for the last. */
  readonly nextTryAt?: string | undefined;
};

/** Notes that an attempt is put. The same attempt noted twice, or one before the last that was noted, changes nothing. */
export async function noteAsked(db: Queryable, asked: AskedQuestion): Promise<void> {
  const { questionId, party, attempt, attempts, askedAt, answerBy, nextTryAt } = asked;
  await db.query({
    name: 'question-asked',
    text: `insert into orgeid.questions as known
        (question_id, party, first_asked_at, attempt, attempts, asked_at, answer_by, next_try_at)
      values ($1, $2, $5, $3, $4, $5, $6, $7)
      on conflict (question_id) do update set attempt = excluded.attempt, attempts = excluded.attempts,
        asked_at = excluded.asked_at, answer_by = excluded.answer_by, next_try_at = excluded.next_try_at
      where known.attempt < excluded.attempt and known.settled_at is null`,
    values: [questionId, party, attempt, attempts ?? null, askedAt, answerBy ?? null, nextTryAt ?? null],
  });
}

/** Notes that a question is settled; the first time counts. */
export async function noteSettled(db: Queryable, questionId: string, at: string): Promise<void> {
  await db.query({
    name: 'question-settled',
    text: `update orgeid.questions set settled_at = $2, next_try_at = null
      where question_id = $1 and settled_at is null`,
    values: [questionId, at],
  });
}

export type Unavailable = {
  readonly cause: UnavailableCause;
  readonly detail: string;
  readonly retryAfterMs?: number;
};

/** Notes that a party asked to be asked again, and when that will be if it said so. */
export async function noteUnavailable(
  db: Queryable,
  questionId: string,
  at: string,
  { cause, detail, retryAfterMs }: Unavailable,
): Promise<void> {
  await db.query({
    name: 'question-unavailable',
    text: `update orgeid.questions set unavailable = $3,
        next_try_at = case when attempt < coalesce(attempts, attempt) and $4::integer is not null
          then $2::timestamptz + $4::integer * interval '1 millisecond' else next_try_at end
      where question_id = $1 and settled_at is null`,
    values: [questionId, at, { cause, detail, at }, retryAfterMs ?? null],
  });
}

/** A question for which a case waits: a registry, a person who waits for it, or a person who has to decide. */
export type OpenQuestion = {
  readonly questionId: string;
  readonly stream: string;
  readonly title: string;
  readonly registry: Registry;
  /** `ASKED`: attempts go on. `WAITING`: a person chose to wait. `SILENT`: a person has to decide. */
  readonly status: 'ASKED' | 'WAITING' | 'SILENT';
  readonly askedAt: string;
  /** 0 when none was noted yet. */
  readonly attempt: number;
  readonly attempts?: number;
  readonly answerBy?: string;
  readonly nextTryAt?: string;
  readonly waitUntil?: string;
  readonly unavailable?: { readonly cause: UnavailableCause; readonly detail: string; readonly at: string };
  /** Whose turn it is: the registry, the person who waits, the holder of the task or its unit. */
  readonly owner: string;
};

type Row = {
  readonly question_id: string;
  readonly stream: string;
  readonly title: string;
  readonly registry: Registry;
  readonly status: OpenQuestion['status'];
  readonly asked_at: string;
  readonly attempt: number | null;
  readonly attempts: number | null;
  readonly answer_by: Date | null;
  readonly next_try_at: Date | null;
  readonly wait_until: string | null;
  readonly unavailable: OpenQuestion['unavailable'] | null;
  readonly owner: string;
};

/** The checks of open requests that are outstanding, with what is known of their asking. */
const OPEN = `from orgeid.cases c
  cross join lateral jsonb_to_recordset(c.state->'checks')
    as k("queryId" text, registry text, status text, "askedAt" text, "waitUntil" text, "waitOwner" text)
  left join orgeid.questions q on q.question_id = k."queryId"
  left join lateral (select coalesce(t->'holder'->>'name', t->'units'->>0) as owner
    from jsonb_array_elements(c.state->'tasks') t
    where t->>'about' = k.registry and t->>'status' in ('OPEN', 'CLAIMED') limit 1) task on true
  where c.status = 'DB_CHECK' and not c.closed and k.status in ('ASKED', 'WAITING', 'SILENT')`;

/**
 * The questions to a registry for which a case waits, the oldest first.
 * @param after `next` of the page before
 * @throws DomainError `EID_ERR_SHAPE` for a cursor of another list
 */
export async function openQuestions(
  db: Queryable,
  registry: Registry,
  limit: number,
  after?: string,
): Promise<{ readonly items: readonly OpenQuestion[]; readonly next?: string }> {
  const list = { questionsTo: registry };
  const [askedAt = null, questionId = null] =
    after === undefined ? [] : fromCursor(list, after, [isInstant, isQuestionId]);
  const { rows } = await db.query<Row>({
    name: 'questions-open',
    text: `select k."queryId" as question_id, c.stream, c.title, k.registry, k.status, k."askedAt" as asked_at,
        q.attempt, q.attempts, q.answer_by, case when k.status = 'ASKED' then q.next_try_at end as next_try_at,
        case when k.status = 'WAITING' then k."waitUntil" end as wait_until, q.unavailable,
        case k.status when 'ASKED' then k.registry when 'WAITING' then coalesce(k."waitOwner", k.registry)
          else coalesce(task.owner, k.registry) end as owner
      ${OPEN} and k.registry = $1
        and ($3::text is null or (k."askedAt" collate "C", k."queryId" collate "C") > ($3, $4))
      order by k."askedAt" collate "C", k."queryId" collate "C" limit $2`,
    values: [registry, limit + 1, askedAt, questionId],
  });
  const items = rows.slice(0, limit).map(toQuestion);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, ...(last ? { next: toCursor(list, [last.askedAt, last.questionId]) } : {}) };
}

const isInstant = (text: string): boolean => Instant.safeParse(text).success;
const isQuestionId = (text: string): boolean => QuestionId.safeParse(text).success;

const toQuestion = (row: Row): OpenQuestion => ({
  questionId: row.question_id,
  stream: row.stream,
  title: row.title,
  registry: row.registry,
  status: row.status,
  askedAt: row.asked_at,
  attempt: row.attempt ?? 0,
  ...(row.attempts === null ? {} : { attempts: row.attempts }),
  ...(row.answer_by === null ? {} : { answerBy: row.answer_by.toISOString() }),
  ...(row.next_try_at === null ? {} : { nextTryAt: row.next_try_at.toISOString() }),
  ...(row.wait_until === null ? {} : { waitUntil: row.wait_until }),
  ...(row.unavailable ? { unavailable: row.unavailable } : {}),
  owner: row.owner,
});

/** How many cases wait for each registry, and since when the longest. */
export async function openByRegistry(db: Queryable) {
  const { rows } = await db.query<{
    registry: Registry;
    asked: number;
    waiting: number;
    silent: number;
    oldest: string;
  }>({
    name: 'questions-open-by-registry',
    text: `select k.registry, (count(*) filter (where k.status = 'ASKED'))::integer as asked,
        (count(*) filter (where k.status = 'WAITING'))::integer as waiting,
        (count(*) filter (where k.status = 'SILENT'))::integer as silent, min(k."askedAt") as oldest
      ${OPEN} group by k.registry`,
  });
  return rows;
}

/** What came in about a question, and what was made of it; in the order of coming. */
export type JournaledAnswer = {
  readonly questionId: string;
  readonly party: Party;
  readonly disposition: AnswerDisposition;
  readonly receivedAt: string;
  readonly detail?: string;
};

/** All that came in about the questions of a case. */
export async function answersOfCase(db: Queryable, stream: string): Promise<readonly JournaledAnswer[]> {
  const { rows } = await db.query<{
    question_id: string;
    party: Party;
    disposition: AnswerDisposition;
    received_at: Date;
    detail: string | null;
  }>({
    name: 'answers-of-case',
    text: `select question_id, party, disposition, received_at, detail from orgeid.registry_answers
      where split_part(question_id, '.', 1) = $1 and party is not null order by id limit 500`,
    values: [stream],
  });
  return rows.map(({ question_id, party, disposition, received_at, detail }) => ({
    questionId: question_id,
    party,
    disposition,
    receivedAt: received_at.toISOString(),
    ...(detail === null ? {} : { detail }),
  }));
}
