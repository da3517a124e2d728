import { describe, expect, it } from 'vitest';
import { found } from '../testing/answers.ts';
import { ask } from '../testing/commands.ts';
import { binh as binhOf, chi as chiOf, dossier, jointDossier } from '../testing/dossiers.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { answerOf, approval, filing, paper, proposal, requests, silenceOf } from '../testing/requests.ts';
import { registrationDeadline, registrationEffects } from './effects.ts';

const { registrant, binh, chi, stranger, desk } = people;
const request = requests(decree);
const ending = requests(decreeWith({ consentRefused: 'END', consentWithdrawn: 'END' }));
const { jurisdiction } = filing();

describe('other legal representatives', () => {
  it('are asked, each by name, before the request enters', () => {
    const { view } = request
      .fresh()
      .when(request.filed(jointDossier()))
      .then([
        { type: 'DossierDrafted' },
        { type: 'ConsentAsked', data: { representatives: [binh.id, chi.id] } },
      ]);
    expect(view.status).toBe('AWAITING_CONSENT');
    expect(view.waits.map(({ owner, what }) => [owner, what])).toEqual([
      [binh.name, 'CONSENT'],
      [chi.name, 'CONSENT'],
    ]);
    expect(view.claims).toEqual(['code:0900000011']);
  });
  it('are asked on paper too, and not where the policy asks them by VNeID alone', () => {
    request
      .fresh()
      .when(ask(desk, 'FileRequest', paper(jointDossier())))
      .then([{ type: 'DossierDrafted' }, { type: 'ConsentAsked' }]);
    const online = requests(decreeWith({ consentChannels: ['VNEID_APP', 'VNEID_WEB'] }));
    online
      .fresh()
      .when(ask(desk, 'FileRequest', paper(jointDossier())))
      .then([
        { type: 'DossierDrafted' },
        { type: 'RequestSubmitted' },
        { type: 'TaskOpened', data: { kind: 'RECEIVE' } },
      ]);
  });
  it('let it enter when the last of them agrees', () => {
    const one = request
      .awaitingConsent()
      .when(ask(binh, 'GiveConsent', { note: 'đồng ý' }))
      .then([{ type: 'ConsentGiven', data: { representative: binh.id, note: 'đồng ý' } }]);
    expect(one.view.waits.map((wait) => wait.owner)).toEqual([chi.name]);
    const { state } = request
      .given(one.history)
      .when(ask(chi, 'GiveConsent'))
      .then([
        { type: 'ConsentGiven' },
        { type: 'RequestSubmitted' },
        { type: 'RequestAccepted' },
        { type: 'RegistryAsked' },
        { type: 'RegistryAsked' },
        { type: 'RegistryAsked' },
      ]);
    expect(state.consents.map((c) => c.status)).toEqual(['GIVEN', 'GIVEN']);
  });
  it('agree once, and only while they are asked', () => {
    const { history } = request
      .awaitingConsent()
      .when(ask(binh, 'GiveConsent'))
      .then([{ type: 'ConsentGiven' }]);
    request
      .given(history)
      .when(ask(binh, 'GiveConsent'))
      .thenRefused('EID_ERR_OUT_OF_PLACE', { consent: 'GIVEN' });
    request
      .consented()
      .when(ask(binh, 'RefuseConsent'))
      .thenRefused('EID_ERR_OUT_OF_PLACE', { status: 'DB_CHECK' });
  });
  it('are nobody else', () => {
    for (const type of ['GiveConsent', 'RefuseConsent', 'WithdrawConsent'] as const) {
      request.awaitingConsent().when(ask(stranger, type)).thenRefused('EID_ERR_FORBIDDEN');
      request
        .awaitingConsent()
        .when(ask({ ...binh, roles: ['REGISTRANT'] }, type))
        .thenRefused('EID_ERR_FORBIDDEN');
      request.fresh().when(ask(binh, type)).thenRefused('EID_ERR_CASE_UNKNOWN');
    }
  });
});

describe('a refused agreement', () => {
  it('blocks the request: it is a draft again, which can be asked for anew', () => {
    const refused = request
      .awaitingConsent()
      .when(ask(chi, 'RefuseConsent', { note: 'không' }))
      .then([
        { type: 'ConsentRefused', data: { representative: chi.id, note: 'không' } },
        { type: 'RequestBlocked', data: { reasons: ['OTHER_REP_CONSENT_REFUSED'] } },
      ]);
    expect(refused.view).toMatchObject({ status: 'DRAFT', claims: [] });
    request
      .given(refused.history)
      .when(ask(registrant, 'SubmitRequest'))
      .then([{ type: 'ConsentAsked', data: { representatives: [binh.id, chi.id] } }]);
  });
  it('ends it where the policy says so', () => {
    const { view } = ending
      .awaitingConsent()
      .when(ask(binh, 'RefuseConsent'))
      .then([
        { type: 'ConsentRefused' },
        { type: 'RequestRefused', data: { stage: 'CONSENT', reasons: ['OTHER_REP_CONSENT_REFUSED'] } },
        { type: 'NoticeOrdered', data: { template: 'REQUEST_REFUSED' } },
      ]);
    expect(view.status).toBe('REFUSED');
  });
  it('no longer stands in the way once the dossier names that person no more', () => {
    const one = request.played(
      [{ command: ask(binh, 'GiveConsent') }, { command: ask(chi, 'RefuseConsent') }],
      request.played([{ command: request.filed(jointDossier()) }]),
    );
    const revised = request.played(
      [
        {
          command: ask(registrant, 'ReviseDraft', {
            dossier: jointDossier({ otherRepresentatives: [binhOf] }),
            jurisdiction,
          }),
        },
      ],
      one,
    );
    const { state } = request
      .given(revised)
      .when(ask(registrant, 'SubmitRequest'))
      .then([
        { type: 'RequestSubmitted' },
        { type: 'RequestAccepted' },
        { type: 'RegistryAsked' },
        { type: 'RegistryAsked' },
        { type: 'RegistryAsked' },
      ]);
    expect(state.consents.map((c) => c.representative)).toEqual([binh.id]);
    const rest = [found('BUSINESS'), found('TAX'), found('POPULATION')].map((answer) => ({
      command: answerOf(answer),
    }));
    const before = request.played(
      [{ command: ask(registrant, 'SubmitRequest') }, ...rest, { command: proposal() }],
      revised,
    );
    expect(
      request
        .given(before)
        .when(approval())
        .then([
          { type: 'TaskClaimed' },
          { type: 'TaskCompleted' },
          { type: 'RequestApproved' },
          { type: 'NumberAllocated' },
          { type: 'AccountIssued' },
        ]).state.status,
    ).toBe('ISSUED');
    request.given(before).when(ask(chi, 'WithdrawConsent')).thenRefused('EID_ERR_FORBIDDEN');
  });
});

describe('an agreement that is taken back', () => {
  it.each(['inChecks', 'toDecide'] as const)(
    'blocks the request in the middle of its way and ends its work: %s',
    (stage) => {
      const way = {
        inChecks: [],
        toDecide: [...[found('BUSINESS'), found('TAX'), found('POPULATION')].map(answerOf), proposal()],
      }[stage];
      const history = request.played(
        way.map((command) => ({ command })),
        request.played(
          [request.filed(jointDossier()), ask(binh, 'GiveConsent'), ask(chi, 'GiveConsent')].map(
            (command) => ({ command }),
          ),
        ),
      );
      const { state, view } = request
        .given(history)
        .when(ask(binh, 'WithdrawConsent', { note: 'rút' }))
        .then([
          { type: 'ConsentWithdrawn', data: { representative: binh.id, note: 'rút' } },
          ...(stage === 'toDecide' ? [{ type: 'TaskCancelled' as const, data: { taskId: 'decide-1' } }] : []),
          { type: 'RequestBlocked' },
        ]);
      expect(state).toMatchObject({ status: 'DRAFT', checks: [], overdue: false });
      expect(state.running).toBeUndefined();
      expect(view.dueAt).toBeUndefined();
    },
  );
  it('ends the request where the policy says so', () => {
    const { state } = ending
      .consented()
      .when(ask(chi, 'WithdrawConsent'))
      .then([
        { type: 'ConsentWithdrawn' },
        { type: 'RequestRefused', data: { stage: 'CONSENT' } },
        { type: 'NoticeOrdered' },
      ]);
    expect(state.refusal?.reasons).toEqual(['OTHER_REP_CONSENT_REFUSED']);
  });
  it('in a draft is noted, and asked for again when it is submitted', () => {
    const blocked = request.played(
      [{ command: ask(binh, 'GiveConsent') }, { command: ask(chi, 'RefuseConsent') }],
      request.played([{ command: request.filed(jointDossier()) }]),
    );
    const { history } = request
      .given(blocked)
      .when(ask(binh, 'WithdrawConsent'))
      .then([{ type: 'ConsentWithdrawn' }]);
    request
      .given(history)
      .when(ask(registrant, 'SubmitRequest'))
      .then([{ type: 'ConsentAsked', data: { representatives: [binh.id, chi.id] } }]);
  });
  it('must have been given, and cannot be taken back after the decision', () => {
    request
      .awaitingConsent()
      .when(ask(binh, 'WithdrawConsent'))
      .thenRefused('EID_ERR_OUT_OF_PLACE', { consent: 'ASKED' });
    const issued = request.played(
      [...[found('BUSINESS'), found('TAX'), found('POPULATION')].map(answerOf), proposal(), approval()].map(
        (command) => ({ command }),
      ),
      request.played(
        [request.filed(jointDossier()), ask(binh, 'GiveConsent'), ask(chi, 'GiveConsent')].map((command) => ({
          command,
        })),
      ),
    );
    request
      .given(issued)
      .when(ask(binh, 'WithdrawConsent'))
      .thenRefused('EID_ERR_OUT_OF_PLACE', { status: 'ISSUED' });
  });
});

describe('a representative whom a supplement names for the first time', () => {
  const form = { dossier: jointDossier({ otherRepresentatives: [chiOf] }), jurisdiction };
  it('is asked before the request goes on', () => {
    const asked = request
      .returned()
      .when(ask(registrant, 'ResubmitRequest', form))
      .then([{ type: 'RequestResubmitted' }, { type: 'ConsentAsked', data: { representatives: [chi.id] } }]);
    expect(asked.view).toMatchObject({
      status: 'AWAITING_CONSENT',
      waits: [{ owner: chi.name }, { kind: 'CHANNEL' }],
    });
    expect(
      request
        .given(asked.history)
        .when(ask(chi, 'GiveConsent'))
        .then([
          { type: 'ConsentGiven' },
          { type: 'RequestSubmitted' },
          { type: 'RequestAccepted' },
          { type: 'RegistryAsked' },
          { type: 'RegistryAsked' },
          { type: 'RegistryAsked' },
        ]).state.status,
    ).toBe('DB_CHECK');
  });
});

describe('approval', () => {
  it('is refused while an agreement is missing, whatever the log holds', () => {
    const [drafted] = request.played([{ command: ask(registrant, 'DraftDossier', filing(jointDossier())) }]);
    const rest = request.played(
      [...[found('BUSINESS'), found('TAX'), found('POPULATION')].map(answerOf), proposal()].map(
        (command) => ({ command }),
      ),
      request.played([{ command: ask(registrant, 'FileRequest', filing(dossier())) }]),
    );
    if (!drafted) throw new Error('no draft');
    request
      .given([drafted, ...rest.slice(1)])
      .when(approval())
      .thenRefused('EID_ERR_CONSENT_MISSING', { missing: [binh.name, chi.name] });
  });
});

describe('a request that an agreement taken back ends', () => {
  const consented = ending.consented().history;
  const takeBack = ask(binh, 'WithdrawConsent');
  it('waits for no registry any more: only its notice is under way', () => {
    const note = 'chờ cơ quan thuế';
    const waitUntil = '2025-03-04T02:00:00.000Z';
    const wait = { taskId: 'resolve-silence-1', action: 'WAIT' as const, note, waitUntil };
    const steps = [silenceOf('TAX'), ask(people.proposer, 'ResolveSilence', wait)];
    const waiting = ending.played(
      steps.map((command) => ({ command })),
      consented,
    );
    const { state, view } = ending
      .given(waiting)
      .when(takeBack)
      .then([{ type: 'ConsentWithdrawn' }, { type: 'RequestRefused' }, { type: 'NoticeOrdered' }]);
    expect(registrationDeadline(state)).toBeUndefined();
    expect(registrationEffects(state).map((effect) => effect.kind)).toEqual(['notify']);
    expect(view.waits.map((w) => w.kind)).toEqual(['CHANNEL']);
  });
  it('leaves no task open', () => {
    const silent = ending.played([{ command: silenceOf('TAX') }], consented);
    const { view } = ending
      .given(silent)
      .when(takeBack)
      .then([
        { type: 'ConsentWithdrawn' },
        { type: 'TaskCancelled', data: { taskId: 'resolve-silence-1', why: 'REQUEST_REFUSED' } },
        { type: 'RequestRefused' },
        { type: 'NoticeOrdered' },
      ]);
    expect(view.waits.map((w) => w.kind)).toEqual(['CHANNEL']);
  });
});
