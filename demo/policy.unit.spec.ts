import { expect, it } from 'vitest';
import { loadPolicy, readPolicy } from '../policies/load.ts';
import { DAY_MS, demoPolicy } from './policy.ts';

const law = await loadPolicy();
const demo = demoPolicy(law);

it('days of the law become milliseconds, in the same proportion', () => {
  const { limitInDatabases, limitNotInDatabases, limitActivation, activationReminders } = demo.parameters;
  expect(limitInDatabases.value).toEqual({ amount: 3 * DAY_MS, unit: 'milliseconds' });
  expect(limitNotInDatabases.value).toEqual({ amount: 15 * DAY_MS, unit: 'milliseconds' });
  expect(limitActivation.value).toEqual({ amount: 7 * DAY_MS, unit: 'milliseconds' });
  expect(activationReminders.value.map(({ amount }) => amount)).toEqual([3 * DAY_MS, 6 * DAY_MS]);
});

it('nothing but lengths of time, and the services that obey, differs from the law', () => {
  const changed = Object.keys(law.parameters).filter((name) => {
    const of = (policy: typeof law) =>
      JSON.stringify(policy.parameters[name as keyof typeof law.parameters].value);
    return of(law) !== of(demo);
  });
  expect(changed.sort()).toEqual([
    'acknowledgeWithinMs',
    'activationReminders',
    'escalation',
    'limitActivation',
    'limitInDatabases',
    'limitLockDecide',
    'limitLockForward',
    'limitNotInDatabases',
    'limitUnlockDecide',
    'limitUnlockForward',
    'limitVerification',
    'limitVerificationChased',
    'noticeAnswerWithinMs',
    'noticeAttempts',
    'registryAnswerWithinMs',
    'registryAttempts',
    'registryBackoffMs',
    'relyingServices',
    'tasks',
    'verificationReminders',
  ]);
  for (const name of changed) {
    const [one, other] = [law, demo].map((p) => p.parameters[name as keyof typeof law.parameters]);
    expect(other).toMatchObject({ basis: one?.basis, confidence: one?.confidence });
  }
});

it('is a valid policy under a version of its own', () => {
  expect(demo.version).not.toBe(law.version);
  expect(readPolicy(JSON.parse(JSON.stringify(demo)), 'demo')).toEqual(demo);
});
