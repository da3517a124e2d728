import type { AccountEvent, AccountState } from '../../schemas/account.ts';
import type { CaseType, Fact } from '../../schemas/case.ts';
import type { LockOrderEvent, LockOrderState } from '../../schemas/lock-order.ts';
import type { CasePolicy, Limit, PolicyParameters } from '../../schemas/policy.ts';
import type { RegistrationEvent, RegistrationState } from '../../schemas/registration.ts';
import type { Task, TaskEvent, TaskKind } from '../../schemas/task.ts';
import type { VerificationEvent, VerificationState } from '../../schemas/verification.ts';

/** A limit that runs: by which parameter of the policy, and until when. Instants are ISO 8601 UTC. */
export type Clock = {
  readonly parameter: keyof PolicyParameters;
  readonly limit?: Limit;
  readonly dueAt: string;
  /** There when the limit begins with this very event: from when it is counted. */
  readonly from?: string;
  /** When the step was taken, where that is not the time of the event. */
  readonly takenAt?: string;
};

/** An event with the states before and after it, and the events before it. */
export type Passing<State, Event> = {
  readonly event: Event;
  readonly before: State;
  readonly after: State;
  readonly policy: CasePolicy;
  readonly earlier: ReadonlySet<string>;
};
type Body = { readonly type: string; readonly data: unknown };
type Of<State, Event extends Body> = Passing<State, Fact<Event>>;

const kindOfLimit = {
  IN_DATABASES: 'limitInDatabases',
  NOT_IN_DATABASES: 'limitNotInDatabases',
} as const satisfies Record<string, keyof PolicyParameters>;
const undecided: ReadonlySet<string> = new Set([
  'DB_CHECK',
  'DB_FAILED',
  'LOCAL_VERIFICATION',
  'PENDING_PROPOSAL',
  'PENDING_APPROVAL',
]);

function ofRegistration({ event, before }: Of<RegistrationState, RegistrationEvent>): Clock | undefined {
  if (event.type === 'RequestAccepted' || event.type === 'LimitChanged') {
    const { kind, limit, startedAt, dueAt } = event.data.running;
    return { parameter: kindOfLimit[kind], limit, dueAt, from: startedAt };
  }
  if (!before.running || !undecided.has(before.status)) return undefined;
  const { kind, limit, dueAt } = before.running;
  return { parameter: kindOfLimit[kind], limit, dueAt };
}

function ofAccount({ event, before, policy }: Of<AccountState, AccountEvent>): Clock | undefined {
  const ofActivation = { parameter: 'limitActivation', limit: policy.limitActivation } as const;
  switch (event.type) {
    case 'ActivationPeriodStarted': {
      const { noticeReceivedAt, dueAt } = event.data.period;
      return { ...ofActivation, dueAt, from: noticeReceivedAt };
    }
    case 'ActivationPeriodResumed':
      return { ...ofActivation, dueAt: event.data.period.dueAt, from: event.at };
    case 'ActivationReminded':
    case 'ActivationFellOverdue':
    case 'AccountActivated':
      return before.period && { ...ofActivation, dueAt: before.period.dueAt };
    case 'AccountLocked': {
      const { acknowledgeBy, services } = event.data;
      if (acknowledgeBy === undefined || services.length === 0) return undefined;
      return { ...ofAcknowledging(policy), dueAt: acknowledgeBy, from: event.at };
    }
    case 'LockAcknowledged':
    case 'AcknowledgementOverdue':
    case 'AcknowledgementSettled': {
      const { service, seq } = event.data;
      const one = before.obedience.find((each) => each.service === service && each.seq === seq);
      const taken = event.type === 'LockAcknowledged' ? { takenAt: event.data.acknowledgedAt } : {};
      return one && { ...ofAcknowledging(policy), dueAt: one.dueAt, ...taken };
    }
    default:
      return undefined;
  }
}

const ofAcknowledging = ({ acknowledgeWithinMs }: CasePolicy) =>
  ({
    parameter: 'acknowledgeWithinMs',
    limit: { amount: acknowledgeWithinMs, unit: 'milliseconds' },
  }) as const;

const stepOfOrder = { FORWARD_ORDER: 'Forward', DECIDE_ORDER: 'Decide' } as const;

/** The limit of a step of an order, by what the order asks for. */
function limitOfOrder(kind: keyof typeof stepOfOrder, { form }: LockOrderState, policy: CasePolicy) {
  const parameter =
    form?.action === 'UNLOCK'
      ? (`limitUnlock${stepOfOrder[kind]}` as const)
      : (`limitLock${stepOfOrder[kind]}` as const);
  return { parameter, limit: policy[parameter] };
}

function ofLockOrder({ event, before, policy }: Of<LockOrderState, LockOrderEvent>): Clock | undefined {
  const ofStep = (kind: keyof typeof stepOfOrder): Clock | undefined => {
    const dueAt = before.tasks.findLast((task) => task.kind === kind)?.dueAt;
    return dueAt === undefined ? undefined : { ...limitOfOrder(kind, before, policy), dueAt };
  };
  switch (event.type) {
    case 'LockOrderReceived': {
      const { dueAt } = event.data;
      return dueAt === undefined
        ? undefined
        : { ...limitOfOrder('FORWARD_ORDER', before, policy), dueAt, from: event.at };
    }
    case 'LockOrderForwarded':
      return ofStep('FORWARD_ORDER');
    case 'LockOrderApproved':
    case 'LockOrderRefused':
    case 'LockOrderSentBack':
      return ofStep('DECIDE_ORDER');
    default:
      return undefined;
  }
}

function ofVerification({
  event,
  before,
  policy,
  earlier,
}: Of<VerificationState, VerificationEvent>): Clock | undefined {
  const first = { parameter: 'limitVerification', limit: policy.limitVerification } as const;
  const again = { parameter: 'limitVerificationChased', limit: policy.limitVerificationChased } as const;
  switch (event.type) {
    case 'VerificationOpened':
      return { ...first, dueAt: event.data.dueAt, from: event.at };
    case 'VerificationChased':
      return { ...again, dueAt: event.data.dueAt, from: event.at };
    case 'VerificationPartAnswered':
    case 'VerificationAnswered':
    case 'VerificationRefused':
    case 'VerificationWithdrawn':
    case 'BodyReminded':
    case 'VerificationOverdue':
      if (before.dueAt === undefined) return undefined;
      return { ...(earlier.has('VerificationChased') ? again : first), dueAt: before.dueAt };
    default:
      return undefined;
  }
}

type AnyState = RegistrationState | AccountState | LockOrderState | VerificationState;

/** By which limit a task is due: its own, that of the step of an order, or that of the case. */
function limitOfTask(
  caseType: CaseType,
  kind: TaskKind,
  { before, policy, earlier }: Passing<AnyState, unknown>,
): Pick<Clock, 'parameter' | 'limit'> {
  const { limit } = policy.tasks[kind];
  if (limit) return { parameter: 'tasks', limit };
  if (caseType === 'lock-order' && (kind === 'FORWARD_ORDER' || kind === 'DECIDE_ORDER'))
    return limitOfOrder(kind, before as LockOrderState, policy);
  if (caseType === 'verification')
    return earlier.has('VerificationChased')
      ? { parameter: 'limitVerificationChased', limit: policy.limitVerificationChased }
      : { parameter: 'limitVerification', limit: policy.limitVerification };
  if (caseType === 'account') return { parameter: 'tasks' };
  const running = (before as RegistrationState).running;
  return running ? { parameter: kindOfLimit[running.kind], limit: running.limit } : { parameter: 'tasks' };
}

function ofTask(caseType: CaseType, passing: Passing<AnyState, Fact<TaskEvent>>): Clock | undefined {
  const { event, before, after } = passing;
  const { taskId } = event.data;
  const tasks: readonly Task[] = [...before.tasks, ...after.tasks];
  const task = tasks.find(({ id }) => id === taskId);
  if (task?.dueAt === undefined) return undefined;
  const clock = { ...limitOfTask(caseType, task.kind, passing), dueAt: task.dueAt };
  // Opened under the limit of its case, a task starts nothing.
  const starts = clock.parameter === 'tasks' || task.kind === 'FORWARD_ORDER' || task.kind === 'DECIDE_ORDER';
  return event.type === 'TaskOpened' && starts ? { ...clock, from: event.at } : clock;
}

/** The limit that governs a step, if any does. */
export function clockOf(caseType: CaseType, passing: Passing<unknown, Fact<Body>>): Clock | undefined {
  // The log holds under each stream only what its type's own `decide` made, and states are the fold of it.
  if (/^Task[A-Z]/.test(passing.event.type)) return ofTask(caseType, passing as never);
  switch (caseType) {
    case 'registration':
      return ofRegistration(passing as never);
    case 'account':
      return ofAccount(passing as never);
    case 'lock-order':
      return ofLockOrder(passing as never);
    case 'verification':
      return ofVerification(passing as never);
  }
}
