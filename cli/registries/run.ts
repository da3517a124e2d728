import type { Pool } from 'pg';
import { Registry } from '../../schemas/registry.ts';
import { type OpenQuestion, openQuestions } from '../../store/questions.ts';
import { type RegistryHealth, readRegistryHealth } from '../../store/registryHealth.ts';
import { withDatabase } from '../database.ts';
import { print, printJson } from '../output.ts';

export type RegistriesOptions = { readonly questions?: Registry; readonly json?: boolean };

const PAGE = 1_000;

/** Prints how each registry does, or the questions to one for which a request waits. @throws DomainError EID_ERR_USAGE */
export async function runRegistries({ questions: registry, json }: RegistriesOptions): Promise<void> {
  if (registry === undefined) {
    const health = await withDatabase((pool) => readRegistryHealth(pool, Registry.options));
    if (json) printJson(health);
    else print(health.map(healthLine).join('\n'));
    return;
  }
  const open = await withDatabase((pool) => allQuestions(pool, registry));
  if (json) printJson(open);
  else
    print(
      open.length === 0
        ? `Nobody waits for ${registry}.`
        : open.map((one) => questionLine(one, Date.now())).join('\n'),
    );
}

async function allQuestions(pool: Pool, registry: Registry): Promise<readonly OpenQuestion[]> {
  const all: OpenQuestion[] = [];
  for (let after: string | undefined; ; ) {
    const page = await openQuestions(pool, registry, PAGE, after);
    all.push(...page.items);
    if (page.next === undefined) return all;
    after = page.next;
  }
}

const seconds = (ms: number): string => `${Math.max(0, Math.round(ms / 1_000))} s`;

/** `TAX          waits 3 asked, 0 waiting, 1 silent · answers 120, failures 2.5 % · p50 40 ms, p95 900 ms · last 2025-…` */
export function healthLine({
  registry,
  open,
  answers,
  failureRate,
  answerMs,
  lastAnswerAt,
  revokedAt,
}: RegistryHealth): string {
  const came = Object.values(answers).reduce((sum, count) => sum + count, 0);
  return [
    `${registry.padEnd(12)} waits ${open.asked} asked, ${open.waiting} waiting, ${open.silent} silent`,
    `answers ${came}, failures ${(failureRate * 100).toFixed(1)} %`,
    ...(answerMs ? [`p50 ${answerMs.p50} ms, p95 ${answerMs.p95} ms`] : []),
    `last ${lastAnswerAt ?? 'never'}`,
    ...(revokedAt === undefined ? [] : [`REVOKED ${revokedAt}`]),
  ].join(' · ');
}

/** `registration-1.TAX.1  ASKED  3600 s  attempt 2 of 5, next 2025-…  TAX` */
export function questionLine(question: OpenQuestion, now: number): string {
  const { questionId, status, askedAt, attempt, attempts, nextTryAt, waitUntil, owner, unavailable } =
    question;
  return [
    questionId,
    status.padEnd(7),
    seconds(now - Date.parse(askedAt)),
    `attempt ${attempt}${attempts === undefined ? '' : ` of ${attempts}`}`,
    ...(nextTryAt === undefined ? [] : [`next ${nextTryAt}`]),
    ...(waitUntil === undefined ? [] : [`until ${waitUntil}`]),
    ...(unavailable === undefined ? [] : [`${unavailable.cause}: ${unavailable.detail}`]),
    owner,
  ].join('  ');
}
