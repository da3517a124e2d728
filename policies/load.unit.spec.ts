import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DomainError } from '../domain/error.ts';
import { loadPolicy, readPolicy } from './load.ts';
import { pin } from './pin.ts';

const decree = await loadPolicy();

/** The Decree's policy with the value at a path replaced, or taken out with `undefined`. */
function withValue(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(decree);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  const record = parent as Record<string, unknown>;
  if (value === undefined) delete record[last];
  else record[last] = value;
  return copy;
}

function refusal(read: () => unknown): DomainError {
  try {
    read();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('the policy was taken');
}

const P = 'parameters';
const grounds = decree.parameters.lockGrounds.value;

describe('the policy of Decree 69/2024', () => {
  it('gives every parameter a legal basis, a confidence mark and a validity', () => {
    for (const parameter of Object.values(decree.parameters)) {
      expect(parameter.basis).not.toBe('');
      expect(parameter.confidence).toMatch(/^(V|S|P|NF|PROPOSAL)$/);
      expect(parameter.validFrom >= decree.validFrom).toBe(true);
    }
  });

  it('holds the limits of Articles 13(4) and 14(1)', () => {
    const { limitInDatabases, limitNotInDatabases, limitActivation } = decree.parameters;
    expect(limitInDatabases.value).toEqual({ amount: 3, unit: 'working_days' });
    expect(limitNotInDatabases.value).toEqual({ amount: 15, unit: 'calendar_days' });
    expect(limitActivation.value).toEqual({ amount: 7, unit: 'calendar_days' });
  });

  it('joins the working calendar and the matching policy', () => {
    expect(decree.calendar.days.length).toBeGreaterThan(30);
    expect(Object.keys(decree.matching.fields)).toContain('enterprise_code');
  });

  it('is pinned as values alone, with the version that leads back to their basis', () => {
    const pinned = pin(decree);
    expect(pinned.version).toBe(decree.version);
    expect(pinned.limitInDatabases).toEqual({ amount: 3, unit: 'working_days' });
    const dates = (calendar: typeof decree.calendar) =>
      calendar.days.map(({ date, kind }) => `${date} ${kind}`);
    expect(dates(pinned.calendar)).toEqual(dates(decree.calendar));
    expect(JSON.stringify(pinned.calendar)).not.toContain('VPCP');
    expect(Object.keys(pinned)).toHaveLength(Object.keys(decree.parameters).length + 3);
  });

  it('names one working day to forward an order to lock or unlock, and two to decide it', () => {
    const { limitLockForward, limitLockDecide, limitUnlockForward, limitUnlockDecide } = decree.parameters;
    for (const { value } of [limitLockForward, limitUnlockForward])
      expect(value).toEqual({ amount: 1, unit: 'working_days' });
    for (const { value } of [limitLockDecide, limitUnlockDecide])
      expect(value).toEqual({ amount: 2, unit: 'working_days' });
  });

  it('is taken when a merger locks nothing', () => {
    expect(readPolicy(withValue(`${P}.mergerGround.value`, undefined), 'p.yaml').version).toBe(
      decree.version,
    );
  });

  it('is taken when the unit catalogue has C06', () => {
    expect(readPolicy(decree, 'p.yaml', new Set(['C06'])).version).toBe(decree.version);
  });
});

type Broken = [what: string, data: unknown, place: string, says: RegExp];

describe('a broken policy stops the start with a message that names file and place', () => {
  const pairs = (value: unknown) => ({ ...decree.parameters.fourEyes, value });
  const broken: readonly Broken[] = [
    [
      'a parameter is missing',
      withValue(`${P}.limitActivation`, undefined),
      `${P}.limitActivation`,
      /expected/,
    ],
    [
      'a parameter has no legal basis',
      withValue(`${P}.callCentre.basis`, ''),
      `${P}.callCentre.basis`,
      /small/,
    ],
    [
      'a confidence mark is unknown',
      withValue(`${P}.routing.confidence`, 'X'),
      `${P}.routing.confidence`,
      /"V"/,
    ],
    ['a parameter is unknown', withValue(`${P}.limitLocking`, {}), P, /limitLocking/],
    [
      'a limit is in an unknown unit',
      withValue(`${P}.limitInDatabases.value.unit`, 'hours'),
      `${P}.limitInDatabases.value.unit`,
      /working_days/,
    ],
    [
      'a limit is nothing',
      withValue(`${P}.limitActivation.value.amount`, 0),
      `${P}.limitActivation.value.amount`,
      /more than 0/,
    ],
    [
      'a parameter ends before it begins',
      withValue(`${P}.routing.validTo`, '2024-06-30'),
      `${P}.routing.validTo`,
      /before/,
    ],
    ['the policy ends before it begins', withValue('validTo', '2023-01-01'), 'validTo', /before validFrom/],
    [
      'the working calendar does not cover its start',
      withValue('validFrom', '2019-01-01'),
      'validFrom',
      /calendar/,
    ],
    [
      'a reminder comes after the activation limit',
      withValue(`${P}.activationReminders.value`, [
        { amount: 3, unit: 'calendar_days' },
        { amount: 7, unit: 'calendar_days' },
      ]),
      `${P}.activationReminders.value[1]`,
      /within the activation limit/,
    ],
    [
      'reminders are out of order',
      withValue(`${P}.activationReminders.value`, [
        { amount: 6, unit: 'calendar_days' },
        { amount: 3, unit: 'calendar_days' },
      ]),
      `${P}.activationReminders.value[1]`,
      /later/,
    ],
    [
      'a kind of task is missing',
      withValue(`${P}.tasks.value.CONFIRM`, undefined),
      `${P}.tasks.value.CONFIRM`,
      /./,
    ],
    [
      'a task is given to a registrant',
      withValue(`${P}.tasks.value.CONFIRM.role`, 'REGISTRANT'),
      `${P}.tasks.value.CONFIRM.role`,
      /unit/,
    ],
    [
      'four eyes name an unknown step',
      withValue(`${P}.fourEyes`, pairs([['VERIFY', 'SIGN']])),
      `${P}.fourEyes.value[0][1]`,
      /./,
    ],
    [
      'four eyes oppose a step to itself',
      withValue(`${P}.fourEyes`, pairs([['VERIFY', 'VERIFY']])),
      `${P}.fourEyes.value[0]`,
      /itself/,
    ],
    [
      'a registry of a category has no fields',
      withValue(`${P}.registryFields.value.TAX`, []),
      `${P}.registryFields.value.TAX`,
      /no field/,
    ],
    [
      'a category has no routing',
      withValue(`${P}.routing.value.OTHER_ORG`, undefined),
      `${P}.routing.value.OTHER_ORG`,
      /./,
    ],
    [
      'a notice channel is named twice',
      withValue(`${P}.noticeChannels.value`, ['SMS', 'SMS']),
      `${P}.noticeChannels.value[1]`,
      /again/,
    ],
    ...(['limitLockForward', 'limitLockDecide', 'limitUnlockForward', 'limitUnlockDecide'] as const).map(
      (limit): Broken => [
        `${limit} is nothing`,
        withValue(`${P}.${limit}.value.amount`, 0),
        `${P}.${limit}.value.amount`,
        /more than 0/,
      ],
    ),
    ...(['RECEIVE_ORDER', 'FORWARD_ORDER', 'DECIDE_ORDER', 'RESOLVE_ORDER'] as const).map(
      (kind): Broken => [
        `${kind} is for a verification unit, which an order has not`,
        withValue(`${P}.tasks.value.${kind}.place`, 'VERIFICATION'),
        `${P}.tasks.value.${kind}.place`,
        /no verification unit/,
      ],
    ),
    [
      'no channel takes an order',
      withValue(`${P}.lockOrderChannels.value`, []),
      `${P}.lockOrderChannels.value`,
      /./,
    ],
    [
      'a channel of orders is named twice',
      withValue(`${P}.lockOrderChannels.value`, ['POST', 'POST']),
      `${P}.lockOrderChannels.value[1]`,
      /again/,
    ],
    [
      'a field of form TK03 is named twice',
      withValue(`${P}.lockOrderFields.value`, ['number', 'reason', 'number']),
      `${P}.lockOrderFields.value[2]`,
      /names number again/,
    ],
    [
      'a ground is there twice',
      withValue(`${P}.lockGrounds.value`, [...grounds, grounds[0]]),
      `${P}.lockGrounds.value[${grounds.length}]`,
      /names OWNER_REQUEST again/,
    ],
    [
      'a ground of orders is placed by another than an authority',
      withValue(`${P}.lockGrounds.value.4.placedBy`, 'C06'),
      `${P}.lockGrounds.value[4].placedBy`,
      /is C06, but an order is an authority's/,
    ],
    [
      'a registry’s word puts a ground that is not there',
      withValue(
        `${P}.lockGrounds.value`,
        grounds.filter(({ code }) => code !== 'OPERATION_CEASED'),
      ),
      `${P}.registryGrounds.value.CEASED`,
      /OPERATION_CEASED is not among the grounds/,
    ],
    [
      'a merger puts a ground that is not there',
      withValue(
        `${P}.lockGrounds.value`,
        grounds.filter(({ code }) => code !== 'DISSOLVED'),
      ),
      `${P}.mergerGround.value`,
      /DISSOLVED is not among the grounds/,
    ],
    [
      'two relying services have one id',
      withValue(`${P}.relyingServices.value`, [
        { id: 'TAX-PORTAL', name: 'Cổng thuế' },
        { id: 'TAX-PORTAL', name: 'Cổng thuế khác' },
      ]),
      `${P}.relyingServices.value[1]`,
      /names TAX-PORTAL again/,
    ],
    [
      'a field takes one registry’s word twice',
      withValue(`${P}.informationSources.value.address`, ['TAX', 'TAX']),
      `${P}.informationSources.value.address[1]`,
      /again/,
    ],
    [
      'a field takes the word of a registry that there is not',
      withValue(`${P}.informationSources.value.address`, ['LAND']),
      `${P}.informationSources.value.address[0]`,
      /./,
    ],
    [
      'a category that declares its end is named twice',
      withValue(`${P}.declaredEndCategories.value`, ['OTHER_ORG', 'OTHER_ORG']),
      `${P}.declaredEndCategories.value[1]`,
      /again/,
    ],
    [
      'there is no notice channel',
      withValue(`${P}.noticeChannels.value`, []),
      `${P}.noticeChannels.value`,
      /./,
    ],
  ];

  it.each(broken)('when %s', (_, data, place, says) => {
    const error = refusal(() => readPolicy(data, 'province.yaml'));
    expect(error.code).toBe('EID_ERR_POLICY_INVALID');
    expect(error.message).toContain('EID_ERR_POLICY_INVALID: province.yaml is not valid: ');
    expect(error.message).toContain(`${place}: `);
    expect(error.message).toMatch(says);
    expect(error.details.file).toBe('province.yaml');
  });

  it('when C06 is not in the unit catalogue', () => {
    const error = refusal(() => readPolicy(decree, 'p.yaml', new Set(['PC06-HUNG-YEN'])));
    expect(error.message).toContain('parameters.c06Unit.value: C06 is not in the unit catalogue');
  });

  it('names every place that is wrong, not the first alone', () => {
    const data = withValue(`${P}.callCentre.basis`, '') as typeof decree;
    data.parameters.c06Unit.value = 'c06 lower';
    expect(refusal(() => readPolicy(data, 'p.yaml')).details.problems).toHaveLength(2);
  });
});

describe('a policy file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'orgeid-policy-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it.each([
    ['is not there', join(folder, 'absent.yaml'), /absent\.yaml.*ENOENT/],
    ['is no YAML', file('broken.yaml', 'version: [1\nparameters: {'), /broken\.yaml is not valid: line 2/],
    [
      'names a key twice',
      file('twice.yaml', 'version: a\nversion: b\n'),
      /twice\.yaml is not valid: line 2.*unique/,
    ],
    ['is empty', file('empty.yaml', ''), /empty\.yaml is not valid: holds no policy/],
    [
      'lacks its parameters',
      file('short.yaml', 'version: a\ntitle: b\nvalidFrom: 2024-07-01\n'),
      /short\.yaml.*parameters: /,
    ],
  ])('that %s is refused', async (_, path, says) => {
    const error = await loadPolicy(path).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: 'EID_ERR_POLICY_INVALID', message: expect.stringMatching(says) });
  });
});
