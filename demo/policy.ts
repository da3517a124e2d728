import type { EscalationRule, Limit, Policy, PolicyParameters } from '../schemas/policy.ts';

/** One day of law in the demo, in ms: long enough for the machine's real work, short enough to watch. */
export const DAY_MS = 3_000;

/** Services that must obey a lock in the demo; the policy itself names none. */
export const relyingServices = [
  { id: 'SERVICE-PORTAL', name: 'Cổng dịch vụ công (trình diễn)' },
  { id: 'TAX-PORTAL', name: 'Cổng thuế điện tử (trình diễn)' },
];

const NOTE = 'Compressed for the demonstration';

const compressed = ({ amount, unit }: Limit): Limit => ({
  amount: unit === 'milliseconds' ? amount : amount * DAY_MS,
  unit: 'milliseconds',
});

const sooner = (rule: EscalationRule): EscalationRule =>
  'after' in rule.when ? { ...rule, when: { after: compressed(rule.when.after) } } : rule;

function with_<K extends keyof PolicyParameters>(
  parameters: PolicyParameters,
  name: K,
  value: PolicyParameters[K]['value'],
): Pick<PolicyParameters, K> {
  const { note, ...parameter } = parameters[name];
  const why = note === undefined ? NOTE : `${note} ${NOTE}.`;
  return { [name]: { ...parameter, value, note: why } } as unknown as Pick<PolicyParameters, K>;
}

/**
 * The policy of the demo: the given one with days of `DAY_MS`, under a version of its own. Rules, routes, roles and
 * bases stay as they are; only lengths of time change.
 */
export function demoPolicy(policy: Policy): Policy {
  const { parameters } = policy;
  const tasks = Object.fromEntries(
    Object.entries(parameters.tasks.value).map(([kind, task]) => [
      kind,
      task.limit ? { ...task, limit: compressed(task.limit) } : task,
    ]),
  ) as PolicyParameters['tasks']['value'];
  return {
    ...policy,
    version: `${policy.version}+demo-${DAY_MS}ms`,
    title: `${policy.title} – bản trình diễn, một ngày bằng ${DAY_MS} ms`,
    parameters: {
      ...parameters,
      ...with_(parameters, 'limitInDatabases', compressed(parameters.limitInDatabases.value)),
      ...with_(parameters, 'limitNotInDatabases', compressed(parameters.limitNotInDatabases.value)),
      ...with_(parameters, 'limitActivation', compressed(parameters.limitActivation.value)),
      ...with_(parameters, 'activationReminders', parameters.activationReminders.value.map(compressed)),
      ...with_(parameters, 'tasks', tasks),
      ...with_(parameters, 'escalation', parameters.escalation.value.map(sooner)),
      ...with_(parameters, 'registryAnswerWithinMs', 2_500),
      ...with_(parameters, 'registryAttempts', 2),
      ...with_(parameters, 'registryBackoffMs', 300),
      ...with_(parameters, 'noticeAnswerWithinMs', DAY_MS),
      ...with_(parameters, 'noticeAttempts', 2),
      ...with_(parameters, 'limitLockForward', compressed(parameters.limitLockForward.value)),
      ...with_(parameters, 'limitLockDecide', compressed(parameters.limitLockDecide.value)),
      ...with_(parameters, 'limitUnlockForward', compressed(parameters.limitUnlockForward.value)),
      ...with_(parameters, 'limitUnlockDecide', compressed(parameters.limitUnlockDecide.value)),
      ...with_(parameters, 'limitVerification', compressed(parameters.limitVerification.value)),
      ...with_(parameters, 'limitVerificationChased', compressed(parameters.limitVerificationChased.value)),
      ...with_(parameters, 'verificationReminders', parameters.verificationReminders.value.map(compressed)),
      ...with_(parameters, 'relyingServices', relyingServices),
      ...with_(parameters, 'acknowledgeWithinMs', DAY_MS),
    },
  };
}
