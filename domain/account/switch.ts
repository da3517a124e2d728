import type { CasePolicy } from '../../schemas/policy.ts';
import { cancelOpenTasks } from '../task/open.ts';
import { toInstant } from '../time.ts';
import { resumedPeriod } from './clock.ts';
import { wantedNotices } from './notices.ts';
import type { Decision } from './state.ts';

/** The first ground came: the relying services have to obey within the policy's time. */
export function becomeLocked(d: Decision, policy: CasePolicy): void {
  const services = policy.relyingServices.map(({ id }) => id);
  const { seq, status } = d.state;
  d.add({
    type: 'AccountLocked',
    data: {
      seq: seq + 1,
      services,
      ...(services.length === 0 ? {} : { acknowledgeBy: toInstant(d.now + policy.acknowledgeWithinMs) }),
      ...(status === 'ACTIVE' ? {} : { activationClock: policy.activationClockOnLock }),
    },
  });
}

/** The last ground went: nobody has to obey any more, and a stopped clock goes on. */
export function becomeUnlocked(d: Decision, policy: CasePolicy): void {
  const period = resumedPeriod(d.state, d.now, policy);
  const chases = d.state.tasks.filter(({ kind }) => kind === 'CHASE_SERVICE');
  d.add({ type: 'AccountUnlocked', data: { seq: d.state.seq + 1 } });
  if (period) d.add({ type: 'ActivationPeriodResumed', data: { period } });
  d.add(...cancelOpenTasks(chases, 'ACCOUNT_UNLOCKED'));
}

/** After the end of an organisation only delivery goes on: of notices that still matter, and of the lock itself. */
export function dropAllButDelivery(d: Decision): void {
  const wanted = new Set(wantedNotices(d.state).map(({ id }) => id));
  const dropped = d.state.tasks.filter(({ kind, about }) => {
    if (kind === 'DELIVER_NOTICE') return !wanted.has(about ?? '');
    return kind !== 'CHASE_SERVICE';
  });
  d.add(...cancelOpenTasks(dropped, 'ACCOUNT_DISSOLVED'));
}
