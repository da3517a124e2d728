import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountEvent } from '../../schemas/account.ts';
import { CaseType } from '../../schemas/case.ts';
import { LockOrderEvent } from '../../schemas/lock-order.ts';
import { RegistrationEvent } from '../../schemas/registration.ts';
import { VerificationEvent } from '../../schemas/verification.ts';
import { policy, randomCase } from '../testing/histories.spec.ts';
import { basesVi } from './basesVi.ts';
import { narrate } from './narrate.ts';
import { narrativeHtml } from './render/html.ts';
import { narrativeText } from './render/text.ts';
import { accountTellers } from './sentences/account.ts';
import { lockOrderTellers } from './sentences/lock-order.ts';
import { registrationTellers } from './sentences/registration.ts';
import { verificationTellers } from './sentences/verification.ts';

const events = {
  registration: RegistrationEvent,
  account: AccountEvent,
  'lock-order': LockOrderEvent,
  verification: VerificationEvent,
} as const;
const tellers = {
  registration: registrationTellers,
  account: accountTellers,
  'lock-order': lockOrderTellers,
  verification: verificationTellers,
} as const;
const typesOf = (caseType: CaseType) => events[caseType].options.map(({ shape }) => shape.type.value);

/** Codes of the schemas, as no reader should meet them; what people wrote stands in quotes, and names of cases, units and services are names. */
const rawCode = /(?<![\w.“-])[A-Z]{2,}_[A-Z0-9_]+(?![\w-])/;

function mustRead(what: string): void {
  expect(what).not.toMatch(rawCode);
  expect(what).not.toMatch(/undefined|null|NaN|\[object|Invalid| {2}| [,.;:]|\.\./);
}

describe('a narrative', () => {
  it('has a sentence for every type of event of every case, and no other', () => {
    for (const caseType of CaseType.options)
      expect(Object.keys(tellers[caseType]).sort()).toEqual([...new Set(typesOf(caseType))].sort());
  });

  it('tells any case whole, in both languages, without a hole or a raw code', { timeout: 240_000 }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CaseType.options),
        fc.integer({ min: 0, max: 2 ** 31 }),
        fc.integer({ min: 10, max: 40 }),
        (caseType, seed, length) => {
          const made = randomCase(caseType, seed, length);
          for (const language of ['vi', 'en'] as const) {
            const narrative = narrate({ ...made, caseType, policy, language });
            expect(narrative.steps).toHaveLength(made.events.length);
            const text = narrativeText(narrative);
            expect(text).not.toMatch(/undefined|null|NaN|\[object|Invalid/);
            for (const { what, who, basis, punctuality, limit } of narrative.steps) {
              const words = [what, who, basis.text, basis.confidence, punctuality.text, limit?.text ?? '-'];
              for (const said of words) expect(said.trim(), what).not.toBe('');
              mustRead(what);
            }
            expect(narrativeHtml(narrative)).not.toMatch(/undefined|\[object/);
          }
        },
      ),
      { seed: 5709, numRuns: 120 },
    );
  });

  it('reads well for every type of event there is', { timeout: 240_000 }, () => {
    const missing = new Set<string>(CaseType.options.flatMap(typesOf));
    for (const caseType of CaseType.options)
      for (let seed = 0; seed < 1500 && typesOf(caseType).some((type) => missing.has(type)); seed += 1) {
        const { stream, events } = randomCase(caseType, seed, 40);
        if (!events.some(({ type }) => missing.has(type))) continue;
        for (const { type } of events) missing.delete(type);
        for (const language of ['vi', 'en'] as const)
          for (const { what } of narrate({ stream, caseType, events, policy, language }).steps)
            mustRead(what);
      }
    expect([...missing]).toEqual([]);
  });

  it('says in Vietnamese what every basis of the shipped policy is', () => {
    const own = policy.parameters.lockGrounds.value.map(({ basis }) => basis);
    const all = [...Object.values(policy.parameters).map(({ basis }) => basis), ...own];
    expect(all.filter((basis) => !Object.hasOwn(basesVi, basis))).toEqual([]);
    expect(Object.keys(basesVi).filter((basis) => !all.includes(basis))).toEqual([]);
  });
});
