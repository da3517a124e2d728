import type { Reason } from '../../schemas/enums.ts';
import type { Route, RoutingRules } from '../../schemas/policy.ts';
import type { CheckOutcome, RegistryCheck } from '../../schemas/registration.ts';
import type { RecordField, Registry, RegistryAnswer } from '../../schemas/registry.ts';
import { DomainError } from '../error.ts';
import { matchRecords } from '../matching/match-records.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { declaredValues } from './organisation.ts';
import { type CommandNamed, type Decision, filed, mustBe, type Rules } from './state.ts';
import { goLocal, open, refuse } from './steps.ts';

/** Asks every registry of the category that can be asked: nobody looks a foreigner up in the population register. */
export function askRegistries(d: Decision, rules: Rules): void {
  const { organisation } = filed(d.state).dossier;
  const foreign = organisation.representative?.nationality !== 'VN';
  const registries = rules.registries[organisation.category].filter(
    (registry) => !(registry === 'POPULATION' && foreign),
  );
  const round = d.state.round + 1;
  for (const registry of registries) ask(d, rules, registry, round);
  routeWhenSettled(d, rules);
}

export function ask(d: Decision, rules: Rules, registry: Registry, round: number): void {
  const queryId = `${d.state.stream}.${registry}.${round}`;
  d.add({
    type: 'RegistryAsked',
    data: { queryId, registry, round, fields: rules.registryFields[registry] },
  });
}

const ended = new Set(['CEASED', 'DISSOLVED']);

/** Takes a registry's answer; one to a question that is settled, or of another case, decides to nothing. */
export function takeAnswer(
  d: Decision,
  { data: { answer } }: CommandNamed<'RecordRegistryAnswer'>,
  rules: Rules,
): void {
  const check = d.state.checks.find((c) => c.registry === answer.registry);
  const open_ = check?.status === 'ASKED' || check?.status === 'SILENT' || check?.status === 'WAITING';
  const mine = isOfThisRun(d, answer);
  if (d.state.status !== 'DB_CHECK' || !check || !open_ || !mine) return;
  if (answer.outcome === 'UNAVAILABLE' || answer.outcome === 'REFUSED') return;
  const about = d.state.tasks.filter((t) => t.about === answer.registry);
  d.add(...cancelOpenTasks(about, 'REGISTRY_ANSWERED'));
  d.add({ type: 'RegistryAnswered', data: answered(d, answer, check.fields, rules) });
  routeWhenSettled(d, rules);
}

/** A registry says nothing: a person has to decide how to go on. */
export function fallSilent(
  d: Decision,
  rules: Rules,
  { queryId, registry }: RegistryCheck,
  said: { readonly attempts: number; readonly detail: string; readonly note?: string },
): void {
  d.add({ type: 'RegistryFellSilent', data: { queryId, registry, ...said } });
  open(d, rules, 'RESOLVE_SILENCE', registry);
}

/** A person need not wait as long as the policy would. An answer that comes all the same is taken until somebody has decided. */
export function endWaitEarly(d: Decision, { data }: CommandNamed<'EndWaitEarly'>, rules: Rules): void {
  mustBe(d.state, 'DB_CHECK');
  const { roles, unit } = d.actor;
  const { role } = rules.tasks.RESOLVE_SILENCE;
  if (!roles.includes(role) || unit !== rules.c06Unit)
    throw new DomainError('EID_ERR_FORBIDDEN', { needed: `${role} of ${rules.c06Unit}` });
  const { queryId, note } = data;
  const check = d.state.checks.find((c) => c.queryId === queryId);
  if (check?.status !== 'ASKED' && check?.status !== 'WAITING') {
    throw new DomainError('EID_ERR_OUT_OF_PLACE', { queryId });
  }
  fallSilent(d, rules, check, { attempts: 0, detail: 'ENDED_BY_PERSON', note });
}

/** An answer to what was asked about an earlier form of the dossier says nothing about the present one. */
function isOfThisRun({ state }: Decision, { queryId, registry }: RegistryAnswer): boolean {
  const prefix = `${state.stream}.${registry}.`;
  const firstRound = Math.min(...state.checks.map((check) => check.round));
  return queryId.startsWith(prefix) && Number(queryId.slice(prefix.length)) >= firstRound;
}

function answered(
  d: Decision,
  answer: Extract<RegistryAnswer, { outcome: 'FOUND' | 'NOT_FOUND' }>,
  asked: readonly RecordField[],
  rules: Rules,
) {
  const { queryId, registry, reference, answeredAt } = answer;
  const head = { queryId, registry, answerId: answer.id, reference, answeredAt };
  if (answer.outcome === 'NOT_FOUND') return { ...head, outcome: 'NOT_FOUND' as const, fields: [] };
  const all = declaredValues(filed(d.state).dossier);
  const declared = Object.fromEntries(
    Object.entries(all).filter(([field]) => asked.includes(field as RecordField)),
  );
  const match = matchRecords(rules.matching, declared, answer.values);
  const outcome: CheckOutcome = ended.has(answer.status)
    ? 'ENDED'
    : match.band === 'same'
      ? 'MATCH'
      : match.band === 'person'
        ? 'UNCERTAIN'
        : 'MISMATCH';
  const { band, score, fields } = match;
  const { status, values } = answer;
  return { ...head, outcome, status, values, band, score, fields: [...fields] };
}

/** The outcomes in the order in which they decide the route: an end, a contradiction, a doubt, a gap, agreement. */
const precedence: readonly [CheckOutcome | 'OVERRIDDEN', keyof RoutingRules][] = [
  ['ENDED', 'ended'],
  ['MISMATCH', 'mismatch'],
  ['UNCERTAIN', 'uncertain'],
  ['NOT_FOUND', 'noData'],
  ['OVERRIDDEN', 'noData'],
  ['MATCH', 'match'],
];

/** Overridden without an outcome, a registry counts as one that holds nothing. */
const outcomeOf = (check: RegistryCheck) =>
  check.status === 'OVERRIDDEN' ? (check.outcome ?? 'OVERRIDDEN') : check.outcome;

/** Once no registry is outstanding, the policy's rule for what they said leads on. */
export function routeWhenSettled(d: Decision, rules: Rules): void {
  const { checks } = d.state;
  if (checks.some((c) => c.status !== 'ANSWERED' && c.status !== 'OVERRIDDEN')) return;
  const { category } = filed(d.state).dossier.organisation;
  const found = precedence.find(([outcome]) => checks.some((c) => outcomeOf(c) === outcome));
  const [outcome, rule] = found ?? (['NOT_FOUND', 'noData'] as const);
  const registries = checks.filter((c) => outcomeOf(c) === outcome).map(describe);
  follow(d, rules, rules.routing[category][rule], `${outcome}: ${registries.join('; ')}`);
}

const describe = (check: RegistryCheck): string =>
  check.mismatched.length > 0 ? `${check.registry} (${check.mismatched.join(', ')})` : check.registry;

function follow(d: Decision, rules: Rules, route: Route, why: string): void {
  if (route === 'LOCAL_VERIFICATION') return goLocal(d, rules, why);
  d.add({ type: 'RouteChosen', data: { route, why } });
  if (route === 'DIRECT') open(d, rules, 'PROPOSE');
  if (route === 'PERSON_DECIDES') open(d, rules, 'RESOLVE_MISMATCH');
  if (route === 'REFUSE') refuse(d, rules, 'DATABASES', reasonsOf(d.state.checks), why);
}

const fieldReasons: Record<RecordField, Reason> = {
  name_vi: 'NAME_MISMATCH',
  name_abbr: 'NAME_MISMATCH',
  name_en: 'NAME_MISMATCH',
  address: 'ADDRESS_MISMATCH',
  representative_name: 'REPRESENTATIVE_MISMATCH',
  representative_id: 'REPRESENTATIVE_MISMATCH',
  established_on: 'ESTABLISHMENT_DATE_MISMATCH',
  tax_code: 'TAX_CODE_MISMATCH',
  enterprise_code: 'ENTERPRISE_CODE_MISMATCH',
};

/** What the registries' answers give as reasons of return or refusal. */
export function reasonsOf(checks: readonly RegistryCheck[]): Reason[] {
  const endedOnes: Reason[] = checks.some((c) => c.outcome === 'ENDED') ? ['ORG_DISSOLVED_OR_CEASED'] : [];
  const fields = checks.flatMap((c) => c.mismatched.map((field) => fieldReasons[field]));
  const reasons = [...new Set([...endedOnes, ...fields])];
  return reasons.length > 0 ? reasons : ['DB_AUTHENTICATION_FAILED'];
}
