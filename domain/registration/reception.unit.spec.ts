import { describe, expect, it } from 'vitest';
import { ask } from '../testing/commands.ts';
import { dossier } from '../testing/dossiers.ts';
import { people } from '../testing/people.ts';
import { decree, decreeWith } from '../testing/policy.spec.ts';
import { filing, requests } from '../testing/requests.ts';

const { registrant, desk, deskOfPc06, verifier } = people;
const request = requests(decree);
const taskId = 'receive-1';
const done = [
  { type: 'TaskClaimed' as const, data: { taskId, holder: { id: desk.id } } },
  { type: 'TaskCompleted' as const, data: { taskId, by: { id: desk.id } } },
];
const later = '2025-03-05T03:00:00.000Z';

describe('the officer at the desk', () => {
  it('accepts a complete dossier: the clock starts then and not when it was filed', () => {
    const { state } = request
      .atDesk()
      .when(ask(desk, 'AcceptDossier', { taskId }), later)
      .then([
        ...done,
        { type: 'RequestAccepted', data: { running: { startedAt: later, dueOn: '2025-03-10' } } },
        { type: 'RegistryAsked' },
        { type: 'RegistryAsked' },
        { type: 'RegistryAsked' },
      ]);
    expect(state.status).toBe('DB_CHECK');
  });
  it('cannot accept one that is not complete and valid, and the task stays open', () => {
    const form = dossier({ organisation: { establishedOn: undefined }, registrant: { accountLevel: 1 } });
    request
      .atDesk(form)
      .when(ask(desk, 'AcceptDossier', { taskId }))
      .thenRefused('EID_ERR_DOSSIER_NOT_VALID', {
        missing: ['organisation.establishedOn'],
        ineligible: ['REGISTRANT_NOT_LEVEL_2'],
      });
  });
  it('returns it with reasons, and names the fields that are missing', () => {
    const form = dossier({ organisation: { establishedOn: undefined } });
    request
      .atDesk(form)
      .when(ask(desk, 'ReturnDossier', { taskId, reasons: ['INCOMPLETE_DOSSIER'], note: 'thiếu ngày' }))
      .then([
        ...done,
        {
          type: 'SupplementRequested',
          data: {
            reasons: ['INCOMPLETE_DOSSIER'],
            fields: ['organisation.establishedOn'],
            note: 'thiếu ngày',
          },
        },
        { type: 'NoticeOrdered', data: { template: 'DOSSIER_RETURNED', values: { note: 'thiếu ngày' } } },
      ]);
  });
  it('gets the supplemented dossier back to receive', () => {
    const returned = request.played(
      [{ command: ask(desk, 'ReturnDossier', { taskId, reasons: ['INCOMPLETE_DOSSIER'] }) }],
      request.played([
        { command: ask(desk, 'FileRequest', filing(dossier(), { channel: 'IN_PERSON_TK02' })) },
      ]),
    );
    const form = { dossier: dossier(), jurisdiction: filing().jurisdiction };
    request
      .given(returned)
      .when(ask(registrant, 'ResubmitRequest', form))
      .then([
        { type: 'RequestResubmitted' },
        { type: 'TaskOpened', data: { taskId: 'receive-2', kind: 'RECEIVE' } },
      ]);
  });
  it('refuses it with reasons', () => {
    request
      .atDesk()
      .when(ask(desk, 'RefuseDossier', { taskId, reasons: ['FALSE_INFORMATION'] }))
      .then([
        ...done,
        { type: 'RequestRefused', data: { stage: 'RECEPTION', reasons: ['FALSE_INFORMATION'] } },
        { type: 'NoticeOrdered' },
      ]);
  });
  it.each(['ReturnDossier', 'RefuseDossier'] as const)('gives no %s without a reason', (type) => {
    request
      .atDesk()
      .when(ask(desk, type, { taskId, reasons: [] }))
      .thenRefused('EID_ERR_REASON_MISSING');
  });

  const reasons = { taskId, reasons: ['INCOMPLETE_DOSSIER' as const] };
  const commands = [
    ask(desk, 'AcceptDossier', { taskId }),
    ask(desk, 'ReturnDossier', reasons),
    ask(desk, 'RefuseDossier', reasons),
  ];
  it.each(commands)('is of the unit and role of the task: $type', (command) => {
    request
      .atDesk()
      .when({ ...command, actor: deskOfPc06 })
      .thenRefused('EID_ERR_FORBIDDEN');
    request
      .atDesk()
      .when({ ...command, actor: verifier })
      .thenRefused('EID_ERR_FORBIDDEN');
    request
      .atDesk()
      .when({ ...command, actor: registrant })
      .thenRefused('EID_ERR_FORBIDDEN');
  });
  it.each(commands)('acts while the request is submitted: $type', (command) => {
    request.fresh().when(command).thenRefused('EID_ERR_CASE_UNKNOWN');
    request.inChecks().when(command).thenRefused('EID_ERR_OUT_OF_PLACE');
    request.withdrawn().when(command).thenRefused('EID_ERR_CASE_CLOSED');
  });
});

describe('the clock after a supplement', () => {
  const accept = (id: string) => ask(desk, 'AcceptDossier', { taskId: id });
  const supplemented = (clockOnSupplement: 'RESTART' | 'CONTINUE') => {
    const spec = requests(
      decreeWith({
        clockOnSupplement,
        routing: { ...decree.routing, ENTERPRISE: asks },
        registries: { ...decree.registries, ENTERPRISE: [] },
      }),
    );
    const form = { dossier: dossier(), jurisdiction: filing().jurisdiction };
    const back = spec.played([
      { command: ask(desk, 'FileRequest', filing(dossier(), { channel: 'IN_PERSON_TK02' })) },
      { command: accept('receive-1') },
      {
        command: ask(people.proposer, 'ResolveMismatch', {
          taskId: 'resolve-mismatch-1',
          action: 'RETURN',
          reasons: ['NAME_MISMATCH'],
          note: 'sai tên',
        }),
      },
      { command: ask(registrant, 'ResubmitRequest', form) },
    ]);
    return spec.given(back).when(accept('receive-2'), later);
  };
  const asks = { ...decree.routing.ENTERPRISE, noData: 'PERSON_DECIDES' } as const;

  it('restarts by the decree: from receipt of the complete and valid dossier', () => {
    const { state } = supplemented('RESTART').then([
      { type: 'TaskClaimed' },
      { type: 'TaskCompleted' },
      { type: 'RequestAccepted', data: { running: { startedAt: later, dueOn: '2025-03-10' } } },
      { type: 'RouteChosen' },
      { type: 'TaskOpened' },
    ]);
    expect(state.firstAcceptedAt).toBe('2025-03-03T02:00:00.000Z');
  });
  it('goes on from the first receipt where the policy says so', () => {
    supplemented('CONTINUE').then([
      { type: 'TaskClaimed' },
      { type: 'TaskCompleted' },
      {
        type: 'RequestAccepted',
        data: { running: { startedAt: '2025-03-03T02:00:00.000Z', dueOn: '2025-03-06' } },
      },
      { type: 'RouteChosen' },
      { type: 'TaskOpened' },
    ]);
  });
});
