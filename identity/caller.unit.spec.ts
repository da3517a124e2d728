import { fc, test } from '@fast-check/vitest';
import type { JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../domain/error.ts';
import { pathOf } from '../domain/units/path.ts';
import { loadPolicy } from '../policies/load.ts';
import { loadUnitCatalogue } from '../policies/units/load.ts';
import { Actor } from '../schemas/actor.ts';
import { Role } from '../schemas/enums.ts';
import { type Caller, callerOf, type Offices } from './caller.ts';
import type { TrustedIssuer } from './issuer.ts';
import { TokenRefused } from './refusal.ts';
import { isOfC06 } from './roles.ts';

const catalogue = await loadUnitCatalogue();
const issuer: TrustedIssuer = { issuer: 'https://identity.example.vn', audience: 'urn:orgeid:api' };
const before: Offices = { catalogue, on: '2025-06-30', c06Unit: 'C06' };
const after: Offices = { ...before, on: '2025-07-01' };
const claims: JWTPayload = { sub: 'a', client_id: 'web', exp: 2, roles: ['REGISTRANT'] };
const officer: JWTPayload = { ...claims, roles: ['RECEPTION_OFFICER'], unit: 'CAX-HY-DINH-DU' };

const read = (changes: JWTPayload, by: Partial<TrustedIssuer> = {}, units = before) =>
  callerOf({ ...claims, ...changes }, { ...issuer, ...by }, units);
const errorOf = (run: () => unknown): { code: string; details: object } => {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error('a refusal was expected');
};

describe('the unit of an officer', () => {
  it('has the path that the catalogue of the day gives it, whatever the token says', () => {
    const { actor } = read({ ...officer, unitPath: ['C06'] });
    expect([actor.unit, actor.unitPath]).toEqual(['CAX-HY-DINH-DU', ['CAX-HY-DINH-DU', 'PC06-HY', 'C06']]);
  });

  it('moves with a re-organisation while the token stays', () => {
    const moved = {
      ...catalogue,
      units: catalogue.units.flatMap((unit) =>
        unit.code === 'CAX-HY-DINH-DU'
          ? [unit, { ...unit, parent: 'C06', validFrom: '2025-07-01', validTo: undefined }]
          : [unit],
      ),
    };
    const pathOn = (on: string) => read(officer, {}, { ...before, catalogue: moved, on }).actor.unitPath;
    expect(pathOn('2025-06-30')).toEqual(['CAX-HY-DINH-DU', 'PC06-HY', 'C06']);
    expect(pathOn('2025-07-01')).toEqual(['CAX-HY-DINH-DU', 'C06']);
  });

  it('lets nobody in once it has ended', () => {
    expect(errorOf(() => read(officer, {}, after))).toMatchObject({
      code: 'EID_ERR_UNIT_UNKNOWN',
      details: { unit: 'CAX-HY-DINH-DU', on: '2025-07-01' },
    });
  });

  it.each([undefined, null, '', 7, ['CAX-HY-DINH-DU'], { code: 'CAX-HY-DINH-DU' }])(
    'must be told: %j is none',
    (unit) => {
      expect(errorOf(() => read({ ...officer, unit }))).toMatchObject({
        code: 'EID_ERR_FORBIDDEN',
        details: { why: 'NO_UNIT', role: 'RECEPTION_OFFICER' },
      });
    },
  );

  it('is left out for everybody else, though the token names one', () => {
    for (const role of ['REGISTRANT', 'REPRESENTATIVE', 'AUTHORITY', 'AUDITOR']) {
      expect(read({ roles: [role], unit: 'C06' }).actor).toEqual({ id: 'a', name: 'a', roles: [role] });
    }
  });
});

describe('roles', () => {
  it('of this system come from no token', () => {
    const names = { god: 'SYSTEM' } as const;
    const by = { roleNames: names, mayGrant: ['SYSTEM'], everyPerson: ['SYSTEM'] } as const;
    expect(errorOf(() => read({ roles: ['SYSTEM'] })).code).toBe('EID_ERR_FORBIDDEN');
    expect(errorOf(() => read({ roles: ['god'] }, by)).code).toBe('EID_ERR_FORBIDDEN');
    expect(read({ roles: ['SYSTEM', 'REGISTRANT'] }).actor.roles).toEqual(['REGISTRANT']);
  });

  it('are found where the issuer keeps them and by the names that it gives them', () => {
    const by: Partial<TrustedIssuer> = {
      claims: { roles: ['realm_access', 'roles'], unit: ['https://example.vn/unit'] },
      roleNames: { 'can-bo': 'C06_OFFICER' },
    };
    const { actor } = read(
      { realm_access: { roles: ['can-bo', 'C06_DIRECTOR', 'offline'] }, 'https://example.vn/unit': 'C06' },
      by,
    );
    expect([actor.roles, actor.unit]).toEqual([['C06_OFFICER'], 'C06']);
  });

  it('may stand in one string, and count once', () => {
    expect(read({ roles: 'AUDITOR REGISTRANT AUDITOR' }).actor.roles).toEqual(['AUDITOR', 'REGISTRANT']);
  });

  it('are only those that the issuer may give', () => {
    const by = { mayGrant: ['REGISTRANT'] } as const;
    expect(read({ roles: ['REGISTRANT', 'C06_DIRECTOR'], unit: 'C06' }, by).actor.roles).toEqual([
      'REGISTRANT',
    ]);
  });

  it('that nobody gave leave nothing to do', () => {
    expect(errorOf(() => read({ roles: [] }))).toMatchObject({ details: { why: 'NO_ROLE' } });
  });
});

describe('roles of C06', () => {
  const ofC06 = Role.options.filter(isOfC06);

  it('are those whose tasks the policy places at C06, and whose no task is placed elsewhere', async () => {
    const { parameters } = await loadPolicy();
    const tasks = Object.values(parameters.tasks.value);
    const at = (place: (typeof tasks)[number]['place'][]) =>
      new Set(tasks.filter((task) => place.includes(task.place)).map(({ role }) => role));
    expect(new Set(ofC06)).toEqual(at(['C06']));
    expect([...at(['RECEPTION', 'VERIFICATION'])].filter(isOfC06)).toEqual([]);
  });

  it.each(ofC06)('%s counts in C06', (role) => {
    expect(read({ roles: [role], unit: 'C06' }).actor).toMatchObject({ roles: [role], unit: 'C06' });
  });

  it.each(ofC06)('%s counts in no other unit, though the issuer says so', (role) => {
    for (const unit of ['PC06-HY', 'CAX-HY-DINH-DU'])
      expect(errorOf(() => read({ roles: [role], unit }))).toEqual({
        code: 'EID_ERR_FORBIDDEN',
        details: { why: 'NOT_C06', role, needed: 'C06' },
      });
  });

  it('leave a person of another unit the other roles, and a unit only where one of those needs it', () => {
    const roles = ['C06_DIRECTOR', 'UNIT_HEAD', 'CALL_CENTRE'];
    expect(read({ roles, unit: 'PC06-HY' }).actor).toMatchObject({ roles: ['UNIT_HEAD'], unit: 'PC06-HY' });
    const owner = read({ roles: ['C06_OFFICER', 'REGISTRANT'], unit: 'PC06-HY' }).actor;
    expect(owner).toEqual({ id: 'a', name: 'a', roles: ['REGISTRANT'] });
  });

  it('follow the policy to the unit that it calls C06', () => {
    const moved: Offices = { ...before, c06Unit: 'PC06-HY' };
    const claim = { roles: ['C06_DIRECTOR'], unit: 'PC06-HY' };
    expect(read(claim, {}, moved).actor.roles).toEqual(['C06_DIRECTOR']);
    expect(errorOf(() => read({ ...claim, unit: 'C06' }, {}, moved)).code).toBe('EID_ERR_FORBIDDEN');
  });
});

describe('a service', () => {
  it('is who signed in on its own account', () => {
    const { kind, actor } = read({ sub: 'registry-tax', client_id: 'registry-tax', roles: ['SERVICE'] });
    expect([kind, actor.id, actor.roles]).toEqual(['SERVICE', 'registry-tax', ['SERVICE']]);
  });

  it('does no police officer’s work and is no registrant; of an office it may speak for another body', () => {
    const roles = Role.options;
    const service = read({ sub: 'web', roles, unit: 'FINANCE-HY' });
    expect(service.actor).toEqual({
      ...{ id: 'web', name: 'web', unit: 'FINANCE-HY', unitPath: ['FINANCE-HY'] },
      roles: expect.arrayContaining(['AUTHORITY', 'SERVICE', 'BODY_OFFICER']),
    });
    expect(service.actor.roles).toHaveLength(3);
    expect(errorOf(() => read({ sub: 'web', roles: ['BODY_OFFICER'] })).code).toBe('EID_ERR_FORBIDDEN');
    expect(read({ roles, unit: 'C06' }).actor.roles).not.toContain('SERVICE');
  });

  it('gets no role that every person of the issuer has', () => {
    expect(errorOf(() => read({ sub: 'web', roles: [] }, { everyPerson: ['REGISTRANT'] })).code).toBe(
      'EID_ERR_FORBIDDEN',
    );
  });

  it('is told by a claim where the issuer has one, which must then be there', () => {
    const by = { claims: { kind: ['orgeid_kind'] } };
    expect(read({ sub: 'x', orgeid_kind: 'SERVICE', roles: ['SERVICE'] }, by).kind).toBe('SERVICE');
    expect(read({ sub: 'web', orgeid_kind: 'PERSON' }, by).kind).toBe('PERSON');
    expect(() => read({ orgeid_kind: 'service' }, by)).toThrow(TokenRefused);
    expect(() => read({}, by)).toThrow(TokenRefused);
  });
});

describe('a name', () => {
  it.each([
    ['Nguyễn Thị Lan', 'Nguyễn Thị Lan'],
    ['Nguyễn\n\u202eThị\u0000 Lan ', 'Nguyễn Thị Lan'],
    ['e\u0302', 'ê'],
    ['\u200b', 'a'],
    [7, 'a'],
    ['x'.repeat(300), 'x'.repeat(200)],
  ])('is shown on one line, or the id stands for it: %j', (name, shown) => {
    expect(read({ name }).actor.name).toBe(shown);
  });
});

describe('the language', () => {
  it.each([
    ['vi', 'vi'],
    ['vi-VN', 'vi'],
    ['EN_us', 'en'],
    ['fr', undefined],
    [['vi'], undefined],
  ])('of %j is %s', (locale, language) => {
    expect(read({ locale }).language).toBe(language);
  });
});

const oddValue = fc.oneof(
  fc.anything(),
  fc.constantFrom(...Role.options, 'C06', 'CAX-HY-DINH-DU', 'CAX-HY-NOWHERE', 'system'),
  fc.array(fc.oneof(fc.constantFrom(...Role.options), fc.string(), fc.anything())),
  fc.constantFrom(...Role.options).map((role) => ({ [role]: role, 0: role, length: 1 })),
);
/** Mostly what a provider would say, so that much gets through to be looked at, else anything. */
const mostly = (usual: fc.Arbitrary<unknown>) => fc.oneof({ weight: 4, arbitrary: usual }, oddValue);
const oddClaims = fc
  .record(
    {
      sub: mostly(fc.constantFrom('officer-1', 'web', 'system', '001099000001', 'x y')),
      client_id: mostly(fc.constant('web')),
      exp: mostly(fc.integer()),
      name: mostly(fc.string()),
      roles: mostly(fc.array(fc.constantFrom<string>(...Role.options), { maxLength: 4 })),
      unit: mostly(fc.constantFrom('C06', 'PC06-HY', 'CAX-HY-DINH-DU', 'CAX-HY-NOWHERE', '__proto__')),
      unitPath: mostly(fc.constant(['C06'])),
      locale: mostly(fc.constantFrom('vi', 'en-GB', 'fr')),
      ['__proto__']: oddValue,
    },
    { requiredKeys: ['sub', 'exp'] },
  )
  .map((odd) => odd as JWTPayload);
const oddIssuer = fc.constantFrom<Partial<TrustedIssuer>>(
  {},
  { everyPerson: ['REGISTRANT'] },
  { claims: { roles: ['unit'], unit: ['roles', '0'], name: ['__proto__', 'name'] } },
  { roleNames: { C06: 'C06_DIRECTOR', constructor: 'SYSTEM' as const } },
);

/** What a caller turned out to be, after checking that nothing was given that may not be. */
function looked(odd: JWTPayload, by: Partial<TrustedIssuer>, units: Offices): string {
  let caller: Caller;
  try {
    caller = callerOf(odd, { ...issuer, ...by }, units);
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    return 'refused';
  }
  const { actor, kind } = caller;
  expect(Actor.safeParse(actor).success).toBe(true);
  expect(actor.roles).not.toContain('SYSTEM');
  expect(actor.id.toLowerCase()).not.toBe('system');
  if (kind === 'SERVICE')
    expect(actor.roles.filter((role) => !['AUTHORITY', 'SERVICE', 'BODY_OFFICER'].includes(role))).toEqual(
      [],
    );
  expect(actor.unitPath).toEqual(actor.unit && pathOf(catalogue, actor.unit, units.on));
  if (actor.unit !== units.c06Unit) expect(actor.roles.filter(isOfC06)).toEqual([]);
  return actor.unit === undefined ? kind : 'OFFICER';
}

describe('claims of whatever shape', () => {
  it('give a well-formed actor with roles that exist and the unit as the catalogue has it, or a refusal', async () => {
    const seen = new Set<string>();
    const days = fc.constantFrom(before, after);
    await fc.assert(
      fc.property(oddClaims, oddIssuer, days, (odd, by, units) => {
        seen.add(looked(odd, by, units));
      }),
      { numRuns: 3_000 },
    );
    expect([...seen].sort()).toEqual(['OFFICER', 'PERSON', 'SERVICE', 'refused']);
  });

  test.prop([
    fc.uniqueArray(fc.constantFrom(...Role.options)),
    fc.constantFrom('C06', 'PC06-HY', 'CAX-HY-VUONG'),
  ])('give no role that they do not name', (roles, unit) => {
    const usable = (role: Role) =>
      role !== 'SYSTEM' && role !== 'SERVICE' && (unit === 'C06' || !isOfC06(role));
    fc.pre(roles.some(usable));
    expect(new Set(roles)).toEqual(new Set([...roles, ...read({ roles, unit }).actor.roles]));
  });
});
