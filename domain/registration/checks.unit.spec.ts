import { describe, expect, it } from 'vitest';
import type { Reason } from '../../schemas/enums.ts';
import type { RegistryCheck } from '../../schemas/registration.ts';
import type { RecordField, RecordValues, RegistryStatus } from '../../schemas/registry.ts';
import { found, notFound, unavailable } from '../testing/answers.ts';
import { ask } from '../testing/commands.ts';
import { dossier } from '../testing/dossiers.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { answerOf, END_OF_15_DAYS, filing, requests, START, silenceOf } from '../testing/requests.ts';
import { reasonsOf } from './checks.ts';
import { registrationDeadline, registrationEffects } from './effects.ts';

const { system, registrant, proposer, verifier } = people;
const request = requests(decree);
const taskId = 'resolve-silence-1';
const twoAnswered = () =>
  request.after(request.filed(), answerOf(found('BUSINESS')), answerOf(found('POPULATION')));

describe('the registries asked', () => {
  const asked = (category: 'ENTERPRISE' | 'COOPERATIVE' | 'TAXCODE_ORG' | 'OTHER_ORG') => {
    const { state } = request.inChecks(dossier({ organisation: { category } }));
    return state.checks.map((check) => check.registry);
  };
  it('depend on the category of the organisation', () => {
    expect(asked('ENTERPRISE')).toEqual(['BUSINESS', 'TAX', 'POPULATION']);
    expect(asked('COOPERATIVE')).toEqual(['COOPERATIVE', 'TAX', 'POPULATION']);
    expect(asked('TAXCODE_ORG')).toEqual(['TAX', 'POPULATION']);
    expect(asked('OTHER_ORG')).toEqual(['POPULATION']);
  });
  it('are asked in parallel, each under a question of its own, for the fields of the policy', () => {
    const effects = registrationEffects(request.inChecks().state);
    expect(effects.map((effect) => effect.key)).toEqual([
      'registration-1.BUSINESS.1',
      'registration-1.TAX.1',
      'registration-1.POPULATION.1',
    ]);
    expect(effects[1]?.input).toMatchObject({ registry: 'TAX', fields: decree.registryFields.TAX });
  });
  it('learn a person’s number only where the person is looked up', () => {
    const subjects = registrationEffects(request.inChecks().state).map((effect) =>
      effect.kind === 'askRegistry' ? effect.input.subject.personNumber : undefined,
    );
    expect(subjects).toEqual([undefined, undefined, '033190000001']);
  });
  it('do not look a foreign representative up in the population register', () => {
    const kim = { name: 'Kim Min-su', number: 'M12345678', nationality: 'KR' };
    const form = dossier({ organisation: { representative: kim }, registrant: { ...kim } });
    expect(request.inChecks(form).state.checks.map((check) => check.registry)).toEqual(['BUSINESS', 'TAX']);
  });
  it('may be none: then nothing is known and the commune police verify', () => {
    const kim = { name: 'Kim Min-su', number: 'M12345678', nationality: 'KR' };
    const form = dossier({
      organisation: { category: 'OTHER_ORG', representative: kim },
      registrant: { ...kim },
    });
    expect(request.inChecks(form).state).toMatchObject({
      status: 'LOCAL_VERIFICATION',
      checks: [],
      route: 'LOCAL_VERIFICATION',
    });
  });
});

describe('an answer', () => {
  it('that agrees is taken, and the request waits for the others', () => {
    const { state } = request
      .inChecks()
      .when(answerOf(found('TAX')))
      .then([
        { type: 'RegistryAnswered', data: { registry: 'TAX', outcome: 'MATCH', reference: 'ref-TAX' } },
      ]);
    expect(state.status).toBe('DB_CHECK');
    expect(registrationEffects(state)).toHaveLength(2);
  });
  it('is compared in the fields that were asked and in no other', () => {
    const { events } = request
      .inChecks()
      .when(answerOf(found('POPULATION', { values: { name_vi: 'Hợp tác xã Khác' } })))
      .then([{ type: 'RegistryAnswered', data: { outcome: 'MATCH' } }]);
    const [answered] = events;
    if (answered?.type !== 'RegistryAnswered') throw new Error('no answer');
    expect(answered.data.fields.map((f) => f.field).sort()).toEqual([
      'representative_id',
      'representative_name',
    ]);
  });
  it('of "unavailable" changes nothing: it is not "not found"', () => {
    request
      .inChecks()
      .when(answerOf(unavailable('TAX')))
      .thenNothing();
  });
  it('of another case changes nothing', () => {
    request
      .inChecks()
      .when(answerOf(found('TAX', { stream: 'registration-2' })))
      .thenNothing();
    request
      .inChecks()
      .when(answerOf({ ...found('TAX'), queryId: 'registration-1.BUSINESS.1' }))
      .thenNothing();
  });
  it('that comes twice is taken once', () => {
    const { history } = request
      .inChecks()
      .when(answerOf(found('TAX')))
      .then([{ type: 'RegistryAnswered' }]);
    request
      .given(history)
      .when(answerOf(notFound('TAX')))
      .thenNothing();
  });
  it('of a registry that was not asked changes nothing', () => {
    request
      .inChecks(dossier({ organisation: { category: 'OTHER_ORG' } }))
      .when(answerOf(found('TAX')))
      .thenNothing();
  });
  it.each(['fresh', 'draft', 'returned', 'local', 'issued', 'withdrawn'] as const)(
    'out of place changes nothing: %s',
    (stage) => {
      request[stage]()
        .when(answerOf(found('TAX')))
        .thenNothing();
    },
  );
  it('is given by the system alone', () => {
    for (const actor of [registrant, proposer]) {
      request
        .inChecks()
        .when({ ...answerOf(found('TAX')), actor })
        .thenRefused('EID_ERR_FORBIDDEN', { command: 'RecordRegistryAnswer' });
    }
  });
  it('to what was asked about an earlier form of the dossier says nothing about the present one', () => {
    const back = request.played(
      [
        {
          command: ask(proposer, 'ResolveMismatch', {
            taskId: 'resolve-mismatch-1',
            action: 'RETURN',
            reasons: [],
            note: 'sai',
          }),
        },
        {
          command: ask(registrant, 'ResubmitRequest', {
            dossier: dossier(),
            jurisdiction: filing().jurisdiction,
          }),
        },
      ],
      request.played(
        [
          request.filed(),
          answerOf(found('BUSINESS', { values: { name_vi: 'Hợp tác xã Khác' } })),
          answerOf(found('TAX')),
          answerOf(found('POPULATION')),
        ].map((command) => ({ command })),
      ),
    );
    request
      .given(back)
      .when(answerOf(found('TAX', { round: 1 })))
      .thenNothing();
    request
      .given(back)
      .when(answerOf(found('TAX', { round: 2 })))
      .then([{ type: 'RegistryAnswered', data: { queryId: 'registration-1.TAX.2' } }]);
  });
});

describe('the route, once all registries have answered', () => {
  const last = (values: RecordValues = {}, status: RegistryStatus = 'ACTIVE', spec = request) =>
    spec
      .after(spec.filed(), answerOf(found('BUSINESS')), answerOf(found('POPULATION')))
      .when(answerOf(found('TAX', { values, status })));
  const lacking = () => twoAnswered().when(answerOf(notFound('TAX')));

  it('leads to the proposal when all agree', () => {
    const { view } = last().then([
      { type: 'RegistryAnswered', data: { outcome: 'MATCH' } },
      { type: 'RouteChosen', data: { route: 'DIRECT' } },
      { type: 'TaskOpened', data: { kind: 'PROPOSE', unit: 'C06', role: 'C06_OFFICER' } },
    ]);
    expect(view.status).toBe('PENDING_PROPOSAL');
  });
  it('leads to the commune police when one holds nothing: the longer limit applies and keeps its start', () => {
    const { view, state } = lacking().then([
      { type: 'RegistryAnswered', data: { outcome: 'NOT_FOUND', fields: [] } },
      { type: 'RouteChosen', data: { route: 'LOCAL_VERIFICATION', why: 'NOT_FOUND: TAX' } },
      {
        type: 'LimitChanged',
        data: {
          running: { kind: 'NOT_IN_DATABASES', startedAt: START, dueOn: '2025-03-18', dueAt: END_OF_15_DAYS },
        },
      },
      { type: 'TaskOpened', data: { kind: 'VERIFY', unit: 'CAX-LAM-SON', dueAt: END_OF_15_DAYS } },
    ]);
    expect(view).toMatchObject({ status: 'LOCAL_VERIFICATION', dueAt: END_OF_15_DAYS, unit: 'CAX-LAM-SON' });
    expect(state.running?.startedAt).toBe(START);
  });
  it('leads to a person when one contradicts, and says in which fields', () => {
    const { view } = last({ representative_name: 'Phạm Quốc Tuấn' }).then([
      { type: 'RegistryAnswered', data: { outcome: 'MISMATCH', band: 'different' } },
      { type: 'RouteChosen', data: { route: 'PERSON_DECIDES', why: 'MISMATCH: TAX (representative_name)' } },
      { type: 'TaskOpened', data: { kind: 'RESOLVE_MISMATCH' } },
    ]);
    expect(view.status).toBe('DB_FAILED');
  });
  it('leads to a person when one leaves a doubt', () => {
    last({ name_vi: 'Công ty TNHH Sao Mái' }).then([
      { type: 'RegistryAnswered', data: { outcome: 'UNCERTAIN', band: 'person' } },
      { type: 'RouteChosen', data: { route: 'PERSON_DECIDES', why: 'UNCERTAIN: TAX' } },
      { type: 'TaskOpened', data: { kind: 'RESOLVE_MISMATCH' } },
    ]);
  });
  it.each(['CEASED', 'DISSOLVED'] as const)('leads to a person when an organisation is %s', (status) => {
    last({}, status).then([
      { type: 'RegistryAnswered', data: { outcome: 'ENDED', status } },
      { type: 'RouteChosen', data: { route: 'PERSON_DECIDES', why: 'ENDED: TAX' } },
      { type: 'TaskOpened' },
    ]);
  });
  it('takes a suspended organisation as one that exists', () => {
    last({}, 'SUSPENDED').then([
      { type: 'RegistryAnswered', data: { outcome: 'MATCH' } },
      { type: 'RouteChosen' },
      { type: 'TaskOpened' },
    ]);
  });
  it('follows the gravest outcome: an end before a contradiction before a gap', () => {
    const history = request.played(
      [
        answerOf(notFound('BUSINESS')),
        answerOf(found('POPULATION', { values: { representative_name: 'Phạm Quốc Tuấn' } })),
      ].map((command) => ({ command })),
      request.played([{ command: request.filed() }]),
    );
    request
      .given(history)
      .when(answerOf(found('TAX')))
      .then([
        { type: 'RegistryAnswered' },
        { type: 'RouteChosen', data: { why: 'MISMATCH: POPULATION (representative_name)' } },
        { type: 'TaskOpened' },
      ]);
    request
      .given(history)
      .when(answerOf(found('TAX', { status: 'CEASED' })))
      .then([
        { type: 'RegistryAnswered' },
        { type: 'RouteChosen', data: { why: 'ENDED: TAX' } },
        { type: 'TaskOpened' },
      ]);
  });

  const routed = (rules: Partial<(typeof decree.routing)['ENTERPRISE']>) =>
    requests(
      decreeWith({ routing: { ...decree.routing, ENTERPRISE: { ...decree.routing.ENTERPRISE, ...rules } } }),
    );
  it('sends every match to the commune police where practice is the policy, and the short limit stays', () => {
    const { state } = last({}, 'ACTIVE', routed({ match: 'LOCAL_VERIFICATION' })).then([
      { type: 'RegistryAnswered' },
      { type: 'RouteChosen', data: { route: 'LOCAL_VERIFICATION', why: 'MATCH: BUSINESS; TAX; POPULATION' } },
      { type: 'TaskOpened', data: { kind: 'VERIFY' } },
    ]);
    expect(state.running?.kind).toBe('IN_DATABASES');
  });
  it('refuses outright where the policy says so, with the reasons that the registries give', () => {
    last({}, 'DISSOLVED', routed({ ended: 'REFUSE' })).then([
      { type: 'RegistryAnswered' },
      { type: 'RouteChosen', data: { route: 'REFUSE' } },
      { type: 'RequestRefused', data: { stage: 'DATABASES', reasons: ['ORG_DISSOLVED_OR_CEASED'] } },
      { type: 'NoticeOrdered' },
    ]);
  });
  it('goes straight on, or to a person, for what the registries lack where the policy says so', () => {
    const spec = routed({ noData: 'DIRECT', uncertain: 'LOCAL_VERIFICATION' });
    expect(spec.local().state.status).toBe('PENDING_PROPOSAL');
    last({ name_vi: 'Công ty TNHH Sao Mái' }, 'ACTIVE', spec).then([
      { type: 'RegistryAnswered' },
      { type: 'RouteChosen', data: { route: 'LOCAL_VERIFICATION' } },
      { type: 'LimitChanged' },
      { type: 'TaskOpened', data: { kind: 'VERIFY' } },
    ]);
  });
  it('goes its own way for every category', () => {
    const other = dossier({ organisation: { category: 'OTHER_ORG', code: undefined, taxCode: undefined } });
    const { state } = request.after(request.filed(other), answerOf(found('POPULATION')));
    expect(state).toMatchObject({ status: 'LOCAL_VERIFICATION', running: { kind: 'IN_DATABASES' } });
  });
});

describe('a registry that stays silent', () => {
  it('becomes a task with an owner, and never "not found"', () => {
    const { view, state } = twoAnswered()
      .when(silenceOf('TAX'))
      .then([
        { type: 'RegistryFellSilent', data: { registry: 'TAX', attempts: 6, detail: 'NO_ANSWER' } },
        { type: 'TaskOpened', data: { taskId, kind: 'RESOLVE_SILENCE', about: 'TAX', unit: 'C06' } },
      ]);
    expect(view.waits).toMatchObject([{ kind: 'TASK', owner: 'C06', what: 'RESOLVE_SILENCE' }]);
    expect(state.status).toBe('DB_CHECK');
    expect(registrationEffects(state)).toEqual([]);
  });
  it('is heard of once, in its place, and from the system', () => {
    request.silent().when(silenceOf('TAX')).thenNothing();
    request.inChecks().when(silenceOf('TAX', 2)).thenNothing();
    request.local().when(silenceOf('BUSINESS')).thenNothing();
    request.fresh().when(silenceOf('TAX')).thenNothing();
    request
      .inChecks()
      .when({ ...silenceOf('TAX'), actor: proposer })
      .thenRefused('EID_ERR_FORBIDDEN');
  });
  it('that speaks after all is taken, and its task ends', () => {
    request
      .silent()
      .when(answerOf(found('TAX')))
      .then([
        { type: 'TaskCancelled', data: { taskId, why: 'REGISTRY_ANSWERED' } },
        { type: 'RegistryAnswered', data: { outcome: 'MATCH' } },
        { type: 'RouteChosen', data: { route: 'DIRECT' } },
        { type: 'TaskOpened', data: { kind: 'PROPOSE' } },
      ]);
  });

  const completed = [{ type: 'TaskClaimed' as const }, { type: 'TaskCompleted' as const, data: { taskId } }];
  const end = (queryId = 'registration-1.TAX.1', actor = proposer) =>
    ask(actor, 'EndWaitEarly', { queryId, note: 'cơ quan thuế báo ngừng hai ngày' });

  it('need not be waited for as long as the policy would: a person ends it, says why, and somebody decides', () => {
    const { history, state } = twoAnswered()
      .when(end())
      .then([
        {
          type: 'RegistryFellSilent',
          data: {
            registry: 'TAX',
            attempts: 0,
            detail: 'ENDED_BY_PERSON',
            note: 'cơ quan thuế báo ngừng hai ngày',
          },
        },
        { type: 'TaskOpened', data: { kind: 'RESOLVE_SILENCE', about: 'TAX' } },
      ]);
    expect(registrationEffects(state)).toEqual([]);
    request.given(history).when(end()).thenRefused('EID_ERR_OUT_OF_PLACE');
    request.given(history).when(silenceOf('TAX')).thenNothing();
    request
      .given(history)
      .when(answerOf(found('TAX')))
      .then([
        { type: 'TaskCancelled' },
        { type: 'RegistryAnswered' },
        { type: 'RouteChosen' },
        { type: 'TaskOpened' },
      ]);
  });
  it('is waited for until an officer of C06 says otherwise, and nobody else', () => {
    for (const actor of [people.registrant, people.verifier, { ...proposer, unit: 'PC06-HY' }]) {
      twoAnswered().when(end('registration-1.TAX.1', actor)).thenRefused('EID_ERR_FORBIDDEN');
    }
  });
  it('that answered, was never asked, or belongs to a request that went on, is not waited for', () => {
    twoAnswered().when(end('registration-1.BUSINESS.1')).thenRefused('EID_ERR_OUT_OF_PLACE');
    twoAnswered().when(end('registration-1.TAX.9')).thenRefused('EID_ERR_OUT_OF_PLACE');
    request.local().when(end()).thenRefused('EID_ERR_OUT_OF_PLACE');
  });

  const override = (data: object) =>
    ask(proposer, 'ResolveSilence', { taskId, action: 'OVERRIDE', note: 'theo công văn', ...data });
  it.each([
    [
      'MATCH',
      [
        { type: 'RouteChosen', data: { route: 'DIRECT' } },
        { type: 'TaskOpened', data: { kind: 'PROPOSE' } },
      ],
    ],
    ['MISMATCH', [{ type: 'RouteChosen', data: { route: 'PERSON_DECIDES' } }, { type: 'TaskOpened' }]],
    [
      'NOT_FOUND',
      [
        { type: 'RouteChosen', data: { route: 'LOCAL_VERIFICATION' } },
        { type: 'LimitChanged' },
        { type: 'TaskOpened' },
      ],
    ],
  ] as const)('is overridden with what a paper shows: %s', (outcome, follows) => {
    const { history } = request
      .silent()
      .when(override({ outcome, document: 'Công văn 12/CT-TTHT' }))
      .then([
        ...completed,
        { type: 'RegistryOverridden', data: { registry: 'TAX', outcome, document: 'Công văn 12/CT-TTHT' } },
        ...follows,
      ]);
    request
      .given(history)
      .when(answerOf(found('TAX')))
      .thenNothing();
  });
  it('is not overridden without the paper, or without saying what it shows', () => {
    request
      .silent()
      .when(override({ outcome: 'MATCH' }))
      .thenRefused('EID_ERR_SHAPE');
    request
      .silent()
      .when(override({ document: 'CV 12' }))
      .thenRefused('EID_ERR_SHAPE');
  });

  const resolve = (action: 'RETRY' | 'WAIT' | 'GO_LOCAL', waitUntil?: string) =>
    ask(proposer, 'ResolveSilence', {
      taskId,
      action,
      note: 'đã gọi cơ quan thuế',
      ...(waitUntil === undefined ? {} : { waitUntil }),
    });
  const tomorrow = '2025-03-04T02:00:00.000Z';

  it('is asked again, under a new question; a late answer to the first is good too', () => {
    const { history, state } = request
      .silent()
      .when(resolve('RETRY'))
      .then([
        ...completed,
        { type: 'RegistryAsked', data: { registry: 'TAX', round: 2, queryId: 'registration-1.TAX.2' } },
      ]);
    expect(registrationEffects(state).map((effect) => effect.key)).toEqual(['registration-1.TAX.2']);
    request
      .given(history)
      .when(answerOf(found('TAX', { round: 1 })))
      .then([{ type: 'RegistryAnswered' }, { type: 'RouteChosen' }, { type: 'TaskOpened' }]);
    request.given(history).when(silenceOf('TAX', 1)).thenNothing();
    request
      .given(history)
      .when(silenceOf('TAX', 2))
      .then([{ type: 'RegistryFellSilent' }, { type: 'TaskOpened', data: { taskId: 'resolve-silence-2' } }]);
  });
  it('is waited for until a day that the officer names and answers for', () => {
    const { view, state, history } = request
      .silent()
      .when(resolve('WAIT', tomorrow))
      .then([
        ...completed,
        {
          type: 'RegistryWaitExtended',
          data: { registry: 'TAX', until: tomorrow, note: 'đã gọi cơ quan thuế' },
        },
      ]);
    expect(view.waits).toMatchObject([
      { kind: 'REGISTRY', owner: proposer.name, what: 'TAX', until: tomorrow },
    ]);
    expect(registrationDeadline(state)).toEqual({
      at: Date.parse(tomorrow),
      command: { type: 'EndWait', data: { queryId: 'registration-1.TAX.1' } },
    });
    const end = ask(system, 'EndWait', { queryId: 'registration-1.TAX.1' });
    request.given(history).when(end, '2025-03-04T01:59:59.999Z').thenNothing();
    request
      .given(history)
      .when({ ...end, actor: proposer }, tomorrow)
      .thenRefused('EID_ERR_FORBIDDEN');
    request
      .given(history)
      .when(end, tomorrow)
      .then([
        { type: 'RegistryFellSilent', data: { detail: 'WAIT_ENDED' } },
        { type: 'TaskOpened', data: { taskId: 'resolve-silence-2' } },
      ]);
    request
      .given(history)
      .when(answerOf(found('TAX')))
      .then([{ type: 'RegistryAnswered' }, { type: 'RouteChosen' }, { type: 'TaskOpened' }]);
  });
  it('is not waited for into the past', () => {
    request.silent().when(resolve('WAIT')).thenRefused('EID_ERR_SHAPE', { field: 'waitUntil' });
    request.silent().when(resolve('WAIT', START)).thenRefused('EID_ERR_SHAPE', { field: 'waitUntil' });
  });
  it('is gone without: the commune police verify, and a late answer changes nothing', () => {
    const { history } = request
      .silent()
      .when(resolve('GO_LOCAL'))
      .then([
        ...completed,
        { type: 'RegistryOverridden', data: { registry: 'TAX', note: 'đã gọi cơ quan thuế' } },
        { type: 'RouteChosen', data: { route: 'LOCAL_VERIFICATION', why: 'OVERRIDDEN: TAX' } },
        { type: 'LimitChanged', data: { running: { kind: 'NOT_IN_DATABASES', startedAt: START } } },
        { type: 'TaskOpened', data: { kind: 'VERIFY' } },
      ]);
    request
      .given(history)
      .when(answerOf(found('TAX')))
      .thenNothing();
  });
  it('is gone without while others are outstanding: they are waited for first', () => {
    const history = request.played([{ command: request.filed() }, { command: silenceOf('TAX') }]);
    const { history: on } = request
      .given(history)
      .when(resolve('GO_LOCAL'))
      .then([...completed, { type: 'RegistryOverridden' }]);
    request
      .given(on)
      .when(answerOf(found('TAX')))
      .thenNothing();
    request
      .given(on)
      .when(answerOf(found('BUSINESS')))
      .then([{ type: 'RegistryAnswered' }]);
  });
  it('is resolved by an officer of C06 in its place', () => {
    const late = { ...resolve('RETRY'), actor: verifier };
    request.silent().when(late).thenRefused('EID_ERR_FORBIDDEN');
    request.local().when(resolve('RETRY')).thenRefused('EID_ERR_OUT_OF_PLACE');
    request.fresh().when(resolve('RETRY')).thenRefused('EID_ERR_CASE_UNKNOWN');
    request.inChecks().when(resolve('RETRY')).thenRefused('EID_ERR_TASK_UNKNOWN', { taskId });
  });
});

describe('reasons that the registries give', () => {
  const check = (
    outcome: 'MISMATCH' | 'ENDED' | 'NOT_FOUND',
    ...mismatched: RecordField[]
  ): RegistryCheck => ({
    registry: 'TAX',
    queryId: 'registration-1.TAX.1',
    round: 1,
    fields: [],
    status: 'ANSWERED',
    askedAt: START,
    outcome,
    mismatched,
  });
  const byField: readonly [RecordField, Reason][] = [
    ['name_vi', 'NAME_MISMATCH'],
    ['name_abbr', 'NAME_MISMATCH'],
    ['name_en', 'NAME_MISMATCH'],
    ['address', 'ADDRESS_MISMATCH'],
    ['representative_name', 'REPRESENTATIVE_MISMATCH'],
    ['representative_id', 'REPRESENTATIVE_MISMATCH'],
    ['established_on', 'ESTABLISHMENT_DATE_MISMATCH'],
    ['tax_code', 'TAX_CODE_MISMATCH'],
    ['enterprise_code', 'ENTERPRISE_CODE_MISMATCH'],
  ];
  it.each(byField)('of a mismatch in %s is %s', (field, reason) => {
    expect(reasonsOf([check('MISMATCH', field)])).toEqual([reason]);
  });
  it('come once each, an end first', () => {
    expect(reasonsOf([check('MISMATCH', 'name_vi', 'name_en'), check('ENDED')])).toEqual([
      'ORG_DISSOLVED_OR_CEASED',
      'NAME_MISMATCH',
    ]);
  });
  it('without a field are that authentication failed', () => {
    expect(reasonsOf([check('NOT_FOUND')])).toEqual(['DB_AUTHENTICATION_FAILED']);
  });
});
