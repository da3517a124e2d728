import type { Limit, Policy } from '../schemas/policy.ts';
import type { Problem } from './calendar/check.ts';

const at = (name: string) => `parameters.${name}.value`;

/**
 * What a policy of the right shape may still get wrong; empty when it holds together. `units` are the codes of the unit
 * catalogue, if there is one to check against.
 */
export function checkPolicy(policy: Policy, units?: ReadonlySet<string>): Problem[] {
  return [
    ...validityProblems(policy),
    ...limitProblems(policy),
    ...reminderProblems(policy),
    ...registryProblems(policy),
    ...taskProblems(policy),
    ...escalationProblems(policy),
    ...groundProblems(policy),
    ...repeatProblems(policy),
    ...unitProblems(policy, units),
  ];
}

function validityProblems({ parameters, calendar, ...policy }: Policy): Problem[] {
  const periods = [
    { path: 'validTo', ...policy },
    ...Object.entries(parameters).map(([name, period]) => ({
      path: `parameters.${name}.validTo`,
      ...period,
    })),
  ];
  const backwards = periods
    .filter(({ validFrom, validTo }) => validTo !== undefined && validTo < validFrom)
    .map(({ path, validFrom }) => ({ path, message: `is before validFrom ${validFrom}` }));
  const covered = policy.validFrom >= calendar.validFrom && policy.validFrom <= calendar.validTo;
  if (covered) return backwards;
  const range = `${calendar.validFrom} to ${calendar.validTo}`;
  return [...backwards, { path: 'validFrom', message: `lies outside the working calendar, ${range}` }];
}

const limits = [
  'limitInDatabases',
  'limitNotInDatabases',
  'limitActivation',
  'limitLockForward',
  'limitLockDecide',
  'limitUnlockForward',
  'limitUnlockDecide',
  'limitVerification',
  'limitVerificationChased',
] as const;

function limitProblems({ parameters }: Policy): Problem[] {
  return limits
    .filter((name) => parameters[name].value.amount === 0)
    .map((name) => ({ path: `${at(name)}.amount`, message: 'must be more than 0' }));
}

/** A task remembers by the rule's name which rules have fired. */
function escalationProblems({ parameters }: Policy): Problem[] {
  return parameters.escalation.value.flatMap(({ id }, i, all) =>
    all.findIndex((rule) => rule.id === id) === i
      ? []
      : [{ path: `${at('escalation')}[${i}].id`, message: `names the rule ${id} again` }],
  );
}

const DAY_MS = 86_400_000;

/** The least time that a limit can last, in ms: working days with no day off among them. */
const least = ({ amount, unit }: Limit): number => (unit === 'milliseconds' ? amount : amount * DAY_MS);

function reminderProblems({ parameters }: Policy): Problem[] {
  const { activationReminders, limitActivation } = parameters;
  const end = limitActivation.value;
  return activationReminders.value.flatMap((reminder, i, all) => {
    const path = `${at('activationReminders')}[${i}]`;
    const before = all[i - 1];
    if (least(reminder) >= least(end)) {
      return [{ path, message: `is not within the activation limit of ${end.amount} ${end.unit}` }];
    }
    return before && least(before) >= least(reminder)
      ? [{ path, message: 'is not later than the reminder before it' }]
      : [];
  });
}

function registryProblems({ parameters: { registries, registryFields } }: Policy): Problem[] {
  return Object.entries(registries.value).flatMap(([category, asked]) =>
    asked
      .filter((registry) => registryFields.value[registry].length === 0)
      .map((registry) => ({
        path: `${at('registryFields')}.${registry}`,
        message: `names no field, but ${category} is checked against it`,
      })),
  );
}

const officers = new Set([
  'RECEPTION_OFFICER',
  'VERIFICATION_OFFICER',
  'UNIT_HEAD',
  'C06_OFFICER',
  'C06_DIRECTOR',
  'CALL_CENTRE',
  'BODY_OFFICER',
]);

/** Steps of an order, which has a unit that received it and C06, and none that verifies. */
const orderTasks = ['RECEIVE_ORDER', 'FORWARD_ORDER', 'DECIDE_ORDER', 'RESOLVE_ORDER'] as const;

function taskProblems({ parameters: { tasks, fourEyes } }: Policy): Problem[] {
  const roles = Object.entries(tasks.value)
    .filter(([, { role }]) => !officers.has(role))
    .map(([kind, { role }]) => ({
      path: `${at('tasks')}.${kind}.role`,
      message: `${role} has no unit to do a task in`,
    }));
  const pairs = fourEyes.value.flatMap(([one, other], i) =>
    one === other
      ? [
          {
            path: `${at('fourEyes')}[${i}]`,
            message: `opposes ${one} to itself: nobody could ever do it twice`,
          },
        ]
      : [],
  );
  const places = orderTasks
    .filter((kind) => tasks.value[kind].place === 'VERIFICATION')
    .map((kind) => ({
      path: `${at('tasks')}.${kind}.place`,
      message: 'an order to lock has no verification unit',
    }));
  const verifying: readonly string[] = ['ANSWER_VERIFICATION', 'CHASE_VERIFICATION'];
  const misplaced = Object.entries(tasks.value)
    .filter(([kind, { place }]) => verifying.includes(kind) !== (place === 'BODY' || place === 'ASKING_UNIT'))
    .map(([kind]) => ({
      path: `${at('tasks')}.${kind}.place`,
      message: 'BODY and ASKING_UNIT are the places of a verification, and it has no other',
    }));
  return [...roles, ...places, ...misplaced, ...pairs];
}

function groundProblems({ parameters: { lockGrounds, registryGrounds, mergerGround } }: Policy): Problem[] {
  const known = new Set(lockGrounds.value.map(({ code }) => code));
  const ordered = lockGrounds.value.flatMap(({ mode, placedBy }, i) =>
    mode === 'ORDER' && placedBy !== 'AUTHORITY'
      ? [
          {
            path: `${at('lockGrounds')}[${i}].placedBy`,
            message: `is ${placedBy}, but an order is an authority's`,
          },
        ]
      : [],
  );
  const named = [
    ...Object.entries(registryGrounds.value).map(
      ([status, code]) => [`${at('registryGrounds')}.${status}`, code] as const,
    ),
    ...(mergerGround.value === undefined ? [] : [[at('mergerGround'), mergerGround.value] as const]),
  ];
  const unknown = named
    .filter(([, code]) => !known.has(code))
    .map(([path, code]) => ({ path, message: `${code} is not among the grounds of lockGrounds` }));
  return [...ordered, ...unknown];
}

function repeatProblems({ parameters }: Policy): Problem[] {
  const { noticeChannels, consentChannels, stateSecretChannels, refusedFacets } = parameters;
  const { registries, registryFields, requiredFields } = parameters;
  const { lockOrderChannels, lockOrderFields, lockGrounds, informationSources } = parameters;
  const { declaredEndCategories, relyingServices } = parameters;
  const lists: readonly (readonly [string, readonly string[]])[] = [
    [at('noticeChannels'), noticeChannels.value],
    [at('consentChannels'), consentChannels.value],
    [at('stateSecretChannels'), stateSecretChannels.value],
    [at('refusedFacets'), refusedFacets.value],
    [at('lockOrderChannels'), lockOrderChannels.value],
    [at('lockOrderFields'), lockOrderFields.value],
    [at('lockGrounds'), lockGrounds.value.map(({ code }) => code)],
    [at('declaredEndCategories'), declaredEndCategories.value],
    [at('relyingServices'), relyingServices.value.map(({ id }) => id)],
    ...below('registries', registries.value),
    ...below('registryFields', registryFields.value),
    ...below('requiredFields', requiredFields.value),
    ...below('informationSources', informationSources.value),
  ];
  return lists.flatMap(([path, list]) =>
    list.flatMap((entry, i) =>
      list.indexOf(entry) === i ? [] : [{ path: `${path}[${i}]`, message: `names ${entry} again` }],
    ),
  );
}

const below = (name: string, lists: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(lists).map(([key, list]) => [`${at(name)}.${key}`, list] as const);

function unitProblems({ parameters: { c06Unit } }: Policy, units?: ReadonlySet<string>): Problem[] {
  if (units === undefined || units.has(c06Unit.value)) return [];
  return [{ path: at('c06Unit'), message: `${c06Unit.value} is not in the unit catalogue` }];
}
