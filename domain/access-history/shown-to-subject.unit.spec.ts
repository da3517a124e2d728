import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessAction, type AccessEntry, SubjectAccess } from '../../schemas/access-history.ts';
import { Role } from '../../schemas/enums.ts';
import { shownToSubject, streamsOfSubject } from './shown-to-subject.ts';

const OWNER = 'vn-lan';
const byOfficer: AccessEntry = {
  id: '7b1c9a52-3c0b-4b7e-9a53-0d9c6f1f2a11',
  at: '2026-03-02T01:00:00.000Z',
  actor: {
    id: 'desk',
    name: 'Trần Thị Bích',
    roles: ['RECEPTION_OFFICER'],
    unit: 'CAX-LAM-SON',
    issuer: 'https://police.example',
    clientId: 'desk-screen',
  },
  action: 'COMMAND',
  command: { type: 'ClaimTask', id: 'key-of-the-desk' },
  outcome: { result: 'REFUSED', code: 'EID_ERR_FOUR_EYES' },
  what: { stream: 'registration-1', caseType: 'registration', taskId: 'verify-1' },
  ground: { table: 'access/1', rows: ['request-at-reception'], relations: ['UNIT'] },
  correlationId: 'correlation-1',
  remoteAddress: '10.1.2.3',
};
const byOwner: AccessEntry = {
  ...byOfficer,
  actor: {
    id: OWNER,
    name: 'Nguyễn Thị Lan',
    roles: ['REGISTRANT'],
    clientId: 'vneid',
    issuer: 'https://vneid.example',
  },
  command: { type: 'LockOwnAccount', id: 'key-of-lan' },
  outcome: { result: 'DONE' },
};

describe('the access history that a subject sees', () => {
  it('tells of an officer the unit, the role, what kind of access, when and on what ground', () => {
    expect(shownToSubject(byOfficer, OWNER)).toEqual({
      id: byOfficer.id,
      at: byOfficer.at,
      by: { kind: 'OTHER', roles: ['RECEPTION_OFFICER'], unit: 'CAX-LAM-SON' },
      action: 'COMMAND',
      result: 'REFUSED',
      stream: 'registration-1',
      ground: byOfficer.ground,
    });
  });

  it('tells the subject from where they themselves came, so that a stranger with their password shows', () => {
    expect(shownToSubject(byOwner, OWNER)).toMatchObject({
      by: { kind: 'SELF', clientId: 'vneid', remoteAddress: '10.1.2.3' },
      command: 'LockOwnAccount',
      result: 'DONE',
    });
  });

  it('tells another representative no more than that: what they did themselves is theirs', () => {
    expect(shownToSubject(byOwner, 'vn-binh').by).toEqual({ kind: 'OTHER', roles: ['REGISTRANT'] });
  });

  it('never names anybody else, nor their address, application, command, task or reason of refusal', () => {
    const secret = fc.stringMatching(/^[a-z]{12,20}$/).map((text) => `secret-${text}`);
    const entries = fc.record({
      name: secret,
      id: secret,
      address: secret,
      clientId: secret,
      taskId: secret,
      command: secret,
      roles: fc.uniqueArray(fc.constantFrom(...Role.options), { minLength: 1 }),
      action: fc.constantFrom(...AccessAction.options),
    });
    fc.assert(
      fc.property(entries, ({ name, id, address, clientId, taskId, command, roles, action }) => {
        const entry: AccessEntry = {
          ...byOfficer,
          actor: { ...byOfficer.actor, id, name, roles, clientId },
          action,
          command: { type: command, id: command },
          what: { ...byOfficer.what, taskId, question: { text: command } },
          remoteAddress: address,
        };
        const shown = shownToSubject(entry, OWNER);
        expect(JSON.stringify(shown)).not.toMatch(/secret|EID_ERR|correlation-1/);
        expect(SubjectAccess.safeParse(shown).success).toBe(true);
      }),
      { seed: 692_024, numRuns: 300 },
    );
  });

  it('is that of the account and of the request that led to it', () => {
    expect(streamsOfSubject({ stream: 'account-1', request: 'registration-1' })).toEqual([
      'account-1',
      'registration-1',
    ]);
    expect(streamsOfSubject({ stream: 'account-1' })).toEqual(['account-1']);
  });
});
