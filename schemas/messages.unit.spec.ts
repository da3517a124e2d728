import { describe, expect, it } from 'vitest';
import { found, unavailable } from '../domain/testing/answers.ts';
import { ask } from '../domain/testing/commands.ts';
import { dossier } from '../domain/testing/dossiers.ts';
import { people } from '../domain/testing/people.ts';
import { decree } from '../domain/testing/policy.spec.ts';
import { answerOf, filing, findings, requests, silenceOf } from '../domain/testing/requests.ts';
import { AccountCommand, AccountEvent } from './account.ts';
import { Actor } from './actor.ts';
import { CommandMeta, LoggedEvent } from './case.ts';
import { Dossier } from './dossier.ts';
import { PolicyParameters } from './policy.ts';
import { RegistrationCommand, RegistrationEvent, RegistrationState } from './registration.ts';
import { RegistryAnswer, RegistryQuery } from './registry.ts';

const pathsOf = (result: { error?: { issues: readonly { path: readonly PropertyKey[] }[] } | undefined }) =>
  result.error?.issues.map((issue) => issue.path.join('.')) ?? [];
const body = ({ type, data }: { type: string; data: unknown }) => ({ type, data });

describe('a dossier', () => {
  it('may leave out what is often empty', () => {
    const { otherRepresentatives: _, ...rest } = dossier();
    const { facets: __, ...organisation } = rest.organisation;
    const parsed = Dossier.parse({ ...rest, organisation });
    expect(parsed).toMatchObject({ otherRepresentatives: [], organisation: { facets: [] } });
  });
  it('may be incomplete: what completes it is policy', () => {
    const organisation = {
      code: undefined,
      taxCode: undefined,
      establishedOn: undefined,
      representative: undefined,
    };
    expect(Dossier.safeParse(dossier({ organisation })).success).toBe(true);
  });
  it('is refused at the field that is wrong', () => {
    const wrong = {
      ...dossier(),
      registrant: { ...dossier().registrant, accountLevel: 3, email: 'lan', mobile: 'x' },
    };
    expect(pathsOf(Dossier.safeParse(wrong)).sort()).toEqual([
      'registrant.accountLevel',
      'registrant.email',
      'registrant.mobile',
    ]);
    expect(pathsOf(Dossier.safeParse(dossier({ organisation: { nameVi: '   ' } })))).toEqual([
      'organisation.nameVi',
    ]);
  });
  it('takes nothing that form TK02 does not ask', () => {
    expect(Dossier.safeParse({ ...dossier(), fingerprint: 'x' }).success).toBe(false);
  });
});

describe('a command', () => {
  const good = [
    ask(people.registrant, 'FileRequest', filing()),
    ask(people.registrant, 'WithdrawRequest'),
    answerOf(found('TAX')),
    silenceOf('TAX'),
    findings('PASS'),
  ];
  it.each(good)('of its case is taken: $type', (command) => {
    expect(RegistrationCommand.parse(body(command))).toEqual(body(command));
    expect(CommandMeta.safeParse({ id: command.id, actor: command.actor }).success).toBe(true);
  });
  it.each([
    ['is not known', { type: 'EraseRequest', data: {} }],
    ['lacks its data', { type: 'WithdrawRequest' }],
    ['says more than it may', { type: 'WithdrawRequest', data: { force: true } }],
    [
      'gives a reason that is not in the enumeration',
      { type: 'ReturnDossier', data: { taskId: 'receive-1', reasons: ['BECAUSE'] } },
    ],
    ['is of an account', { type: 'ActivateAccount', data: {} }],
  ])('that %s is refused', (_, command) => {
    expect(RegistrationCommand.safeParse(command).success).toBe(false);
  });
  it('has one name in one case, and events likewise', () => {
    for (const union of [RegistrationCommand, AccountCommand, RegistrationEvent, AccountEvent]) {
      const types = union.options.map((option) => option.shape.type.value);
      expect(new Set(types).size).toBe(types.length);
    }
  });
  it('is given by somebody with a role, under an id', () => {
    expect(Actor.safeParse({ ...people.registrant, roles: [] }).success).toBe(false);
    expect(CommandMeta.safeParse({ id: '', actor: people.registrant }).success).toBe(false);
  });
});

describe('what registries exchange', () => {
  const query = {
    schema: 'registry-query/1',
    id: 'registration-1.TAX.1',
    registry: 'TAX',
    attempt: 1,
    askedAt: '2025-03-03T02:00:00.000Z',
    correlationId: 'c',
    subject: { category: 'ENTERPRISE', nameVi: 'A' },
    fields: ['name_vi'],
  };
  it('may gain fields in later versions, which are ignored', () => {
    expect(RegistryQuery.parse({ ...query, priority: 1 })).toEqual(query);
    expect(RegistryAnswer.parse({ ...found('TAX'), signature: 'x' })).toEqual(found('TAX'));
  });
  it('tells "unavailable" from "not found"', () => {
    const { outcome: _, ...silent } = unavailable('TAX');
    expect(RegistryAnswer.safeParse(silent).success).toBe(false);
    expect(RegistryAnswer.parse(unavailable('TAX')).outcome).toBe('UNAVAILABLE');
  });
  it('is of one version', () => {
    expect(RegistryQuery.safeParse({ ...query, schema: 'registry-query/2' }).success).toBe(false);
    expect(RegistryAnswer.safeParse({ ...found('TAX'), schema: 'registry-answer/9' }).success).toBe(false);
  });
});

describe('what the log holds', () => {
  it('is written and read in the same shape', () => {
    const request = requests(decree);
    for (const { history, state } of [
      request.toDecideAfterLocal(),
      request.refused(),
      request.silent(),
      request.contradicted(),
    ]) {
      for (const event of history) expect(RegistrationEvent.parse(body(event))).toEqual(body(event));
      expect(RegistrationState.parse(state)).toEqual(state);
    }
  });
  it('is an event with its place in the chain', () => {
    const hash = 'a'.repeat(64);
    const event = {
      position: 1,
      stream: 'registration-1',
      version: 1,
      type: 'RequestSubmitted',
      data: {},
      at: '2025-03-03T02:00:00.000Z',
      by: { id: 'a', name: 'A' },
      commandId: 'c',
      recordedAt: '2025-03-03T02:00:00.000Z',
      prevHash: hash,
      hash,
    };
    expect(LoggedEvent.safeParse(event).success).toBe(true);
    expect(pathsOf(LoggedEvent.safeParse({ ...event, position: 0, hash: 'A'.repeat(64) })).sort()).toEqual([
      'hash',
      'position',
    ]);
  });
});

describe('a parameter of the policy', () => {
  it('has value, basis, confidence and validity, whatever it is about', () => {
    for (const parameter of Object.values(PolicyParameters.shape)) {
      expect(Object.keys(parameter.shape)).toEqual([
        'value',
        'basis',
        'confidence',
        'validFrom',
        'validTo',
        'note',
      ]);
    }
  });
});
