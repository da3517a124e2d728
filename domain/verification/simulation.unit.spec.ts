import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CasePolicy } from '../../schemas/policy.ts';
import { VerificationEvent, VerificationState, VerificationStatus } from '../../schemas/verification.ts';
import { must } from '../testing/invariants.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { choices } from '../testing/random.ts';
import { randomVerificationMove } from '../testing/random-verifications.ts';
import { simulate, type Walk } from '../testing/simulate.ts';
import { ASKED, VERIFICATION } from '../testing/verifications.ts';
import { toMs } from '../time.ts';
import { verificationEffects } from './effects.ts';
import { verification } from './index.ts';
import { isEnded, isWaiting } from './state.ts';
import { viewVerification } from './view.ts';

const ms = (amount: number) => ({ amount, unit: 'milliseconds' as const });
const policies: readonly CasePolicy[] = [
  decree,
  decreeWith({ verificationReminders: [] }),
  decreeWith({ limitVerification: ms(90_000_000), verificationReminders: [ms(1_000), ms(2_000), ms(3_000)] }),
];
const ofSystem = new Set([
  'RemindBody',
  'MarkVerificationOverdue',
  'RecordReported',
  'MarkTaskOverdue',
  'EscalateDueTask',
]);
type VerificationWalk = Walk<VerificationState, VerificationEvent>;

/** As long as it waits there is somebody whose turn it is; each question has at most one answer, and all once it is answered. */
function mustStandRightly(state: VerificationState): void {
  const view = viewVerification(state);
  if (isWaiting(state)) must(view.waits.length > 0, 'it waits for nobody');
  if (isEnded(state))
    must(
      view.waits.every(({ kind }) => kind === 'SYSTEM'),
      'work goes on after the end',
    );
  must(verificationEffects(state).length === 0 || isEnded(state), 'reported before its end');
  const asked = (state.asked?.questions ?? []).map(({ id }) => id);
  const answered = state.answers.map(({ question }) => question);
  must(new Set(answered).size === answered.length, 'a question is answered twice');
  must(
    answered.every((question) => asked.includes(question)),
    'answered what was not asked',
  );
  if (state.status === 'ANSWERED') must(answered.length === asked.length, 'answered, and a question is open');
}

function mustEndOnce({ history }: VerificationWalk): void {
  const ends = ['VerificationAnswered', 'VerificationRefused', 'VerificationWithdrawn'];
  const at = history.findIndex(({ type }) => ends.includes(type));
  if (at < 0) return;
  const after = history.slice(at + 1).map(({ type }) => type);
  must(
    after.every((type) => type === 'OutcomeReported'),
    `after the end came ${after.join(', ')}`,
  );
}

const seen = { statuses: new Set<string>(), events: new Set<string>() };

function walk(policy: CasePolicy, seed: number, length: number): void {
  const c = choices(seed);
  const end = simulate(
    {
      decider: verification(VERIFICATION, policy),
      start: toMs(ASKED),
      ofSystem,
      inspect: (events, before) => {
        mustStandRightly(before.state);
        seen.statuses.add(before.state.status);
        for (const event of events) {
          VerificationEvent.parse(event);
          seen.events.add(event.type);
        }
      },
    },
    Array.from({ length }, () => (at: VerificationWalk) => randomVerificationMove(c, at)),
  );
  mustStandRightly(end.state);
  mustEndOnce(end);
  VerificationState.parse(end.state);
  seen.statuses.add(end.state.status);
}

describe('a verification under random commands of right and wrong people', () => {
  it('keeps what must hold of every verification', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.constantFrom(...policies),
        fc.integer({ min: 1, max: 40 }),
        (seed, policy, length) => {
          walk(policy, seed, length);
        },
      ),
      { seed: 692_024, numRuns: 1500 },
    );
  });

  it('comes to every status and makes every event', () => {
    expect(VerificationStatus.options.filter((status) => !seen.statuses.has(status))).toEqual([]);
    const all = VerificationEvent.options.map((option) => option.shape.type.value);
    expect(all.filter((type) => !seen.events.has(type))).toEqual([]);
  });
});
