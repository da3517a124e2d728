import { describe, expect, it } from 'vitest';
import type { Dossier } from '../../schemas/dossier.ts';
import type { DossierField } from '../../schemas/policy.ts';
import { ask } from '../testing/commands.ts';
import { dossier } from '../testing/dossiers.ts';
import { people, receivedByPc06 } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { END_OF_3_WORKING_DAYS, filing, paper, requests, START } from '../testing/requests.ts';

const { registrant, stranger, desk, deskOfPc06, verifier, system } = people;
const request = requests(decree);
const asked = ['BUSINESS', 'TAX', 'POPULATION'].map((registry) => ({
  type: 'RegistryAsked' as const,
  data: { registry, queryId: `registration-1.${registry}.1`, round: 1 },
}));

describe('a draft', () => {
  it('is filed by the registrant on VNeID and names the policy that it falls under', () => {
    request
      .fresh()
      .when(ask(registrant, 'DraftDossier', filing()))
      .then([
        { type: 'DossierDrafted', data: { policyVersion: decree.version, registrantId: registrant.id } },
      ]);
  });
  it('is filed on paper by the officer at the desk of the reception unit', () => {
    request
      .fresh()
      .when(ask(desk, 'DraftDossier', paper()))
      .then([{ type: 'DossierDrafted' }]);
  });
  it.each([
    ['on VNeID by another person', ask(stranger, 'DraftDossier', filing())],
    ['on VNeID by an officer', ask(desk, 'DraftDossier', filing())],
    ['on paper by the registrant', ask(registrant, 'DraftDossier', paper())],
    ['on paper by an officer of another unit', ask(deskOfPc06, 'DraftDossier', paper())],
    ['on paper by an officer of another role', ask(verifier, 'DraftDossier', paper())],
    ['by the system', ask(system, 'DraftDossier', filing())],
  ])('is not filed %s', (_, command) => {
    request.fresh().when(command).thenRefused('EID_ERR_FORBIDDEN');
  });
  it('is filed once: the case exists then', () => {
    request
      .draft()
      .when(ask(registrant, 'DraftDossier', filing()))
      .thenRefused('EID_ERR_CASE_EXISTS');
    request
      .completed()
      .when(ask(registrant, 'FileRequest', filing()))
      .thenRefused('EID_ERR_CASE_EXISTS');
  });
  it('waits for the registrant and reserves no organisation', () => {
    const { view } = request
      .fresh()
      .when(ask(registrant, 'DraftDossier', filing()))
      .then([{ type: 'DossierDrafted' }]);
    expect(view).toMatchObject({ status: 'DRAFT', claims: [], closed: false, title: 'Công ty TNHH Sao Mai' });
    expect(view.waits).toEqual([{ kind: 'PERSON', owner: registrant.name, what: 'SUBMIT', since: START }]);
  });
  it('is revised as often as the registrant likes', () => {
    const form = {
      dossier: dossier({ organisation: { nameVi: 'Công ty TNHH Sao Hôm' } }),
      jurisdiction: receivedByPc06,
    };
    const { state } = request
      .draft()
      .when(ask(registrant, 'ReviseDraft', form))
      .then([{ type: 'DraftRevised' }]);
    expect(state.dossier?.organisation.nameVi).toBe('Công ty TNHH Sao Hôm');
    expect(state.jurisdiction?.receptionIsPc06).toBe(true);
  });
  it('is revised and submitted by nobody else but the reception desk', () => {
    const { jurisdiction } = filing();
    const form = { dossier: dossier(), jurisdiction };
    request
      .draft()
      .when(ask(stranger, 'ReviseDraft', form))
      .thenRefused('EID_ERR_FORBIDDEN', { needed: 'registrant' });
    request.draft().when(ask(stranger, 'SubmitRequest')).thenRefused('EID_ERR_FORBIDDEN');
    request
      .draft()
      .when(ask(desk, 'ReviseDraft', form))
      .then([{ type: 'DraftRevised' }]);
    request.draft().when(ask(deskOfPc06, 'SubmitRequest')).thenRefused('EID_ERR_FORBIDDEN');
  });
});

describe('a dossier that contains a state secret', () => {
  const secret = dossier({ containsStateSecret: true });
  it.each(['VNEID_APP', 'VNEID_WEB'] as const)('is never taken by %s', (channel) => {
    const command = ask(registrant, 'FileRequest', filing(secret, { channel }));
    request.fresh().when(command).thenRefused('EID_ERR_STATE_SECRET_ONLINE', { channel });
  });
  it('does not slip in by a revision or a supplement', () => {
    const form = { dossier: secret, jurisdiction: filing().jurisdiction };
    request
      .draft()
      .when(ask(registrant, 'ReviseDraft', form))
      .thenRefused('EID_ERR_STATE_SECRET_ONLINE');
    request
      .returned()
      .when(ask(registrant, 'ResubmitRequest', form))
      .thenRefused('EID_ERR_STATE_SECRET_ONLINE');
  });
  it('is taken on paper', () => {
    request
      .fresh()
      .when(ask(desk, 'DraftDossier', paper(secret)))
      .then([{ type: 'DossierDrafted' }]);
  });
});

describe('a dossier of armed forces', () => {
  const armed = dossier({ organisation: { facets: ['ARMED_FORCES'] } });
  it('is taken by PC06 alone', () => {
    request
      .fresh()
      .when(ask(desk, 'FileRequest', paper(armed)))
      .thenRefused('EID_ERR_ARMED_FORCES_PC06', { reception: 'CAX-LAM-SON' });
    const atPc06 = paper(armed, { jurisdiction: receivedByPc06 });
    request
      .fresh()
      .when(ask(deskOfPc06, 'DraftDossier', atPc06))
      .then([{ type: 'DossierDrafted' }]);
  });
  it('is received by an officer even when it comes by VNeID', () => {
    request
      .fresh()
      .when(ask(registrant, 'FileRequest', filing(armed, { jurisdiction: receivedByPc06 })))
      .then([
        { type: 'DossierDrafted' },
        { type: 'RequestSubmitted' },
        { type: 'TaskOpened', data: { kind: 'RECEIVE', unit: 'PC06-HUNG-YEN' } },
      ]);
  });
  it('is taken by any unit where the policy says so', () => {
    const anywhere = requests(decreeWith({ armedForcesReception: 'ANY' }));
    anywhere
      .fresh()
      .when(ask(desk, 'DraftDossier', paper(armed)))
      .then([{ type: 'DossierDrafted' }]);
  });
});

describe('a request that VNeID sends', () => {
  it('is accepted at once when complete and eligible: the limit of three working days starts', () => {
    const { view, state } = request
      .fresh()
      .when(request.filed())
      .then([
        { type: 'DossierDrafted' },
        { type: 'RequestSubmitted' },
        {
          type: 'RequestAccepted',
          data: {
            running: {
              kind: 'IN_DATABASES',
              startedAt: START,
              dueOn: '2025-03-06',
              dueAt: END_OF_3_WORKING_DAYS,
            },
          },
        },
        ...asked,
      ]);
    expect(view.dueAt).toBe(END_OF_3_WORKING_DAYS);
    expect(view.claims).toEqual(['code:0900000011']);
    expect(view.waits.map((wait) => [wait.kind, wait.owner])).toEqual([
      ['REGISTRY', 'BUSINESS'],
      ['REGISTRY', 'TAX'],
      ['REGISTRY', 'POPULATION'],
    ]);
    expect(state.firstAcceptedAt).toBe(START);
  });
  it('is accepted the same when it was a draft before', () => {
    request
      .draft()
      .when(ask(registrant, 'SubmitRequest'))
      .then([{ type: 'RequestSubmitted' }, { type: 'RequestAccepted' }, ...asked]);
  });
  it('goes to an officer where the policy says so', () => {
    const officers = requests(decreeWith({ acceptance: { ...decree.acceptance, VNEID_APP: 'OFFICER' } }));
    officers
      .draft()
      .when(ask(registrant, 'SubmitRequest'))
      .then([
        { type: 'RequestSubmitted' },
        { type: 'TaskOpened', data: { kind: 'RECEIVE', role: 'RECEPTION_OFFICER' } },
      ]);
  });

  const missing: readonly [DossierField | 'undertaking' | 'registrant.authorisation', Dossier][] = [
    ['organisation.establishedOn', dossier({ organisation: { establishedOn: undefined } })],
    ['organisation.code', dossier({ organisation: { code: undefined } })],
    ['organisation.taxCode', dossier({ organisation: { taxCode: undefined, category: 'TAXCODE_ORG' } })],
    ['organisation.representative', dossier({ organisation: { representative: undefined } })],
    ['undertaking', dossier({ undertaking: false })],
    ['registrant.authorisation', dossier({ registrant: { kind: 'AUTHORISED_PERSON' } })],
  ];
  it.each(missing)(
    'is returned for supplement when %s is missing, and the registrant is told',
    (field, form) => {
      const { view } = request
        .fresh()
        .when(request.filed(form))
        .then([
          { type: 'DossierDrafted' },
          { type: 'RequestSubmitted' },
          { type: 'SupplementRequested', data: { reasons: ['INCOMPLETE_DOSSIER'], fields: [field] } },
          {
            type: 'NoticeOrdered',
            data: {
              template: 'DOSSIER_RETURNED',
              values: { organisation: 'Công ty TNHH Sao Mai', reasons: 'INCOMPLETE_DOSSIER' },
            },
          },
        ]);
      expect(view.waits[0]).toMatchObject({ kind: 'PERSON', owner: registrant.name, what: 'SUPPLEMENT' });
    },
  );
  it.each(['registrant.mobile', 'registrant.email'] as const)(
    'is returned for %s where the policy requires it',
    (field) => {
      const strict = requests(
        decreeWith({ requiredFields: { ...decree.requiredFields, ENTERPRISE: [field] } }),
      );
      const form = dossier({ registrant: { mobile: undefined, email: undefined } });
      const outcome = strict
        .fresh()
        .when(strict.filed(form))
        .then([
          { type: 'DossierDrafted' },
          { type: 'RequestSubmitted' },
          { type: 'SupplementRequested', data: { fields: [field] } },
          { type: 'NoticeOrdered' },
        ]);
      expect(outcome.state.status).toBe('RETURNED');
    },
  );

  const foreigner = { name: 'Kim Min-su', number: 'M12345678', nationality: 'KR' };
  const ineligible: readonly [string, string, Dossier][] = [
    [
      'the registrant has a level-1 account',
      'REGISTRANT_NOT_LEVEL_2',
      dossier({ registrant: { accountLevel: 1 } }),
    ],
    ['the registrant has no account', 'REGISTRANT_NOT_LEVEL_2', dossier({ registrant: { accountLevel: 0 } })],
    [
      'a foreign representative has no e-ID',
      'FOREIGN_REP_WITHOUT_EID',
      dossier({ registrant: { ...foreigner, accountLevel: 0 }, organisation: { representative: foreigner } }),
    ],
    [
      'the registrant is not the representative named',
      'REGISTRANT_NOT_AUTHORISED',
      dossier({ registrant: { number: '033190000099' } }),
    ],
    [
      'the organisation is not of Viet Nam',
      'ORG_NOT_ESTABLISHED_OR_REGISTERED_IN_VN',
      dossier({ organisation: { establishedInVietnam: false } }),
    ],
  ];
  it.each(ineligible)('is refused when %s', (_, reason, form) => {
    const { view } = request
      .fresh()
      .when(request.filed(form))
      .then([
        { type: 'DossierDrafted' },
        { type: 'RequestSubmitted' },
        { type: 'RequestRefused', data: { stage: 'RECEPTION', reasons: [reason] } },
        { type: 'NoticeOrdered', data: { template: 'REQUEST_REFUSED' } },
      ]);
    expect(view).toMatchObject({ status: 'REFUSED', closed: false, claims: [] });
  });
  it('is refused for a facet that the policy refuses, and taken by a policy that does not', () => {
    const household = dossier({ organisation: { facets: ['HOUSEHOLD_BUSINESS'] } });
    const strict = requests(decreeWith({ refusedFacets: ['HOUSEHOLD_BUSINESS'] }));
    strict
      .fresh()
      .when(strict.filed(household))
      .then([
        { type: 'DossierDrafted' },
        { type: 'RequestSubmitted' },
        { type: 'RequestRefused', data: { reasons: ['NOT_ELIGIBLE'] } },
        { type: 'NoticeOrdered' },
      ]);
    expect(request.inChecks(household).state.status).toBe('DB_CHECK');
  });
  it('names every reason at once', () => {
    const form = dossier({
      registrant: { accountLevel: 1, number: '033190000099' },
      organisation: { establishedInVietnam: false },
    });
    expect(request.after(request.filed(form)).state.refusal?.reasons).toEqual([
      'REGISTRANT_NOT_LEVEL_2',
      'REGISTRANT_NOT_AUTHORISED',
      'ORG_NOT_ESTABLISHED_OR_REGISTERED_IN_VN',
    ]);
  });
  it('may come from an authorised person for a foreign representative without an account', () => {
    const form = dossier({
      registrant: { kind: 'AUTHORISED_PERSON', authorisation: 'GUQ-01' },
      organisation: { representative: foreigner },
    });
    const { state } = request.after(request.filed(form));
    expect(state.status).toBe('DB_CHECK');
    expect(state.checks.map((check) => check.registry)).toEqual(['BUSINESS', 'TAX']);
  });
});

describe('a returned dossier', () => {
  const form = { dossier: dossier(), jurisdiction: filing().jurisdiction };
  const later = '2025-03-10T02:00:00.000Z';
  it('is supplemented, and the clock starts anew by the decree', () => {
    const { state } = request
      .returned()
      .when(ask(registrant, 'ResubmitRequest', form), later)
      .then([
        { type: 'RequestResubmitted' },
        { type: 'RequestAccepted', data: { running: { startedAt: later, dueOn: '2025-03-13' } } },
        ...asked,
      ]);
    expect(state.status).toBe('DB_CHECK');
  });
  it('may be returned again and supplemented again', () => {
    const still = { ...form, dossier: dossier({ undertaking: false }) };
    const again = request
      .returned()
      .when(ask(registrant, 'ResubmitRequest', still))
      .then([{ type: 'RequestResubmitted' }, { type: 'SupplementRequested' }, { type: 'NoticeOrdered' }]);
    request
      .given(again.history)
      .when(ask(registrant, 'ResubmitRequest', form))
      .then([{ type: 'RequestResubmitted' }, { type: 'RequestAccepted' }, ...asked]);
  });
  it('is supplemented by the registrant or the desk and nobody else', () => {
    request
      .returned()
      .when(ask(stranger, 'ResubmitRequest', form))
      .thenRefused('EID_ERR_FORBIDDEN');
    expect(
      request
        .returned()
        .when(ask(desk, 'ResubmitRequest', form))
        .then([{ type: 'RequestResubmitted' }, { type: 'RequestAccepted' }, ...asked]).state.status,
    ).toBe('DB_CHECK');
  });
});

describe('the registrant', () => {
  const open = [
    'draft',
    'awaitingConsent',
    'atDesk',
    'returned',
    'inChecks',
    'silent',
    'contradicted',
    'local',
    'withFindings',
    'toPropose',
    'toDecide',
  ] as const;
  it.each(open)('may withdraw until the decision: %s', (stage) => {
    const { state } = request[stage]();
    const cancelled = state.tasks
      .filter((t) => t.status === 'OPEN' || t.status === 'CLAIMED')
      .map((t) => ({ type: 'TaskCancelled' as const, data: { taskId: t.id } }));
    const { view } = request[stage]()
      .when(ask(registrant, 'WithdrawRequest', { note: 'đổi ý' }))
      .then([...cancelled, { type: 'RequestWithdrawn', data: { note: 'đổi ý' } }]);
    expect(view).toMatchObject({ status: 'WITHDRAWN', closed: true, claims: [], waits: [] });
  });
  it('may not withdraw once the Director has decided', () => {
    request
      .issued()
      .when(ask(registrant, 'WithdrawRequest'))
      .thenRefused('EID_ERR_OUT_OF_PLACE', { status: 'ISSUED' });
    request.completed().when(ask(registrant, 'WithdrawRequest')).thenRefused('EID_ERR_CASE_CLOSED');
    request.refused().when(ask(registrant, 'WithdrawRequest')).thenRefused('EID_ERR_CASE_CLOSED');
  });
  it('alone may withdraw', () => {
    request.inChecks().when(ask(stranger, 'WithdrawRequest')).thenRefused('EID_ERR_FORBIDDEN');
  });
});

describe('filing commands out of place', () => {
  const form = { dossier: dossier(), jurisdiction: filing().jurisdiction };
  const commands = [
    ask(registrant, 'ReviseDraft', form),
    ask(registrant, 'SubmitRequest'),
    ask(registrant, 'ResubmitRequest', form),
  ];
  it.each(commands)('are refused where there is no case: $type', (command) => {
    request.fresh().when(command).thenRefused('EID_ERR_CASE_UNKNOWN', { stream: 'registration-1' });
  });
  it.each(commands)('are refused in the middle of the checks: $type', (command) => {
    request.inChecks().when(command).thenRefused('EID_ERR_OUT_OF_PLACE', { status: 'DB_CHECK' });
  });
  it.each(commands)('are refused after the end: $type', (command) => {
    request.withdrawn().when(command).thenRefused('EID_ERR_CASE_CLOSED', { status: 'WITHDRAWN' });
  });
  it('find no case to withdraw', () => {
    request.fresh().when(ask(registrant, 'WithdrawRequest')).thenRefused('EID_ERR_CASE_UNKNOWN');
  });
});
