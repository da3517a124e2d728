import type { AnswerDisposition, Registry } from '../schemas/registry.ts';
import { revokedAt } from './adapters.ts';
import type { Queryable } from './pool.ts';
import { openByRegistry } from './questions.ts';

/** How a registry does. Times are ISO 8601, durations ms, of the last 24 hours where nothing else is said. */
export type RegistryHealth = {
  readonly registry: Registry;
  /** Since when its adapter has no valid key. */
  readonly revokedAt?: string;
  /** Cases that wait for it now, by how. */
  readonly open: { readonly asked: number; readonly waiting: number; readonly silent: number };
  readonly oldestSince?: string;
  readonly lastAnswerAt?: string;
  /** Messages that came, by what was made of them. */
  readonly answers: Readonly<Partial<Record<AnswerDisposition, number>>>;
  /** Of those taken, how many said that it will not answer. */
  readonly refused: number;
  /** Questions whose last attempt got no answer in its time. */
  readonly unanswered: number;
  /** Share of failures (unavailable, malformed, misaddressed, contradicting, revoked, unanswered) among all that was asked and came. */
  readonly failureRate: number;
  /** From the first attempt to the answer. */
  readonly answerMs?: { readonly p50: number; readonly p95: number };
};

const failures = ['UNAVAILABLE', 'MALFORMED', 'MISADDRESSED', 'CONTRADICTS', 'REVOKED'] as const;

type Counted = { readonly party: string; readonly disposition: AnswerDisposition; readonly count: number };
type Timed = { readonly party: string; readonly p50: number | null; readonly p95: number | null };
type Refused = { readonly party: string; readonly refused: number };
type Last = { readonly party: string; readonly last: Date | null };

/** Reads how each of the registries does. Its cost follows the open requests in checks and the answers of a day. */
export async function readRegistryHealth(
  db: Queryable,
  registries: readonly Registry[],
): Promise<readonly RegistryHealth[]> {
  const open = new Map((await openByRegistry(db)).map((one) => [one.registry, one]));
  const { rows: counted } = await db.query<Counted>({
    name: 'health-counted',
    text: `select party, disposition, count(*)::integer as count from orgeid.registry_answers
      where party = any($1) and received_at > clock_timestamp() - interval '24 hours' group by party, disposition`,
    values: [registries],
  });
  const { rows: refusals } = await db.query<Refused>({
    name: 'health-refused',
    text: `select party, count(*)::integer as refused from orgeid.registry_answers
      where party = any($1) and received_at > clock_timestamp() - interval '24 hours'
        and disposition = 'TAKEN' and payload->>'outcome' = 'REFUSED' group by party`,
    values: [registries],
  });
  const { rows: lasts } = await db.query<Last>({
    name: 'health-last',
    text: `select party, (select received_at from orgeid.registry_answers a where a.party = asked.party
        order by received_at desc limit 1) as last from unnest($1::text[]) as asked (party)`,
    values: [registries],
  });
  const { rows: timed } = await db.query<Timed>({
    name: 'health-timed',
    text: `select party, percentile_cont(0.5) within group (order by took) as p50,
        percentile_cont(0.95) within group (order by took) as p95
      from (select party, extract(epoch from settled_at - first_asked_at)::float8 * 1000 as took
        from orgeid.questions where party = any($1) and asked_at > clock_timestamp() - interval '24 hours'
          and settled_at is not null) answered group by party`,
    values: [registries],
  });
  const { rows: silent } = await db.query<{ party: string; unanswered: number }>({
    name: 'health-unanswered',
    text: `select party, count(*)::integer as unanswered from orgeid.questions
      where party = any($1) and asked_at > clock_timestamp() - interval '24 hours'
        and settled_at is null and attempt >= attempts and answer_by < clock_timestamp() group by party`,
    values: [registries],
  });
  return Promise.all(
    registries.map(async (registry) => {
      const { asked = 0, waiting = 0, silent: decided = 0, oldest } = open.get(registry) ?? {};
      const own = counted.filter(({ party }) => party === registry);
      const answers = Object.fromEntries(own.map(({ disposition, count }) => [disposition, count]));
      const { refused = 0 } = refusals.find(({ party }) => party === registry) ?? {};
      const { last = null } = lasts.find(({ party }) => party === registry) ?? {};
      const { p50 = null, p95 = null } = timed.find(({ party }) => party === registry) ?? {};
      const { unanswered = 0 } = silent.find(({ party }) => party === registry) ?? {};
      const revoked = await revokedAt(db, registry);
      const all = own.reduce((sum, { count }) => sum + count, unanswered);
      const failed = failures.reduce((sum, one) => sum + (answers[one] ?? 0), unanswered);
      return {
        registry,
        ...(revoked === undefined ? {} : { revokedAt: revoked }),
        open: { asked, waiting, silent: decided },
        ...(oldest === undefined ? {} : { oldestSince: oldest }),
        ...(last === null ? {} : { lastAnswerAt: last.toISOString() }),
        answers,
        refused,
        unanswered,
        failureRate: all === 0 ? 0 : Math.round((failed / all) * 1_000) / 1_000,
        ...(p50 === null || p95 === null ? {} : { answerMs: { p50: Math.round(p50), p95: Math.round(p95) } }),
      };
    }),
  );
}
