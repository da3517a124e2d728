import { describe, expect, it } from 'vitest';
import type { Role } from '../../schemas/enums.ts';
import { catalogue } from '../../test/support/edge.ts';
import { unitShownTo } from './reach.ts';

const shown = (role: Role, unit: string | undefined, wanted?: string) => {
  const roles: Role[] = ['REGISTRANT', role];
  const actor = { roles, ...(unit === undefined ? {} : { unit }) };
  try {
    return unitShownTo(actor, wanted, { catalogue, on: '2026-01-01' }, 'C06');
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};

describe('the people that a caller may be shown', () => {
  it('are those of the own unit', () => {
    for (const role of ['RECEPTION_OFFICER', 'VERIFICATION_OFFICER', 'UNIT_HEAD'] as const) {
      expect(shown(role, 'CAX-TEST')).toBe('CAX-TEST');
      expect(shown(role, 'CAX-TEST', 'CAX-TEST')).toBe('CAX-TEST');
    }
    expect(shown('CALL_CENTRE', 'C06')).toBe('C06');
  });

  it('are those below as well for a head, and of nowhere else', () => {
    expect(shown('UNIT_HEAD', 'PC06-TEST', 'CAX-TEST')).toBe('CAX-TEST');
    expect(shown('UNIT_HEAD', 'PC06-TEST', 'CAX-OTHER')).toBe('EID_ERR_FORBIDDEN');
    expect(shown('UNIT_HEAD', 'CAX-TEST', 'PC06-TEST')).toBe('EID_ERR_FORBIDDEN');
    expect(shown('UNIT_HEAD', 'PC06-TEST', 'NOWHERE')).toBe('EID_ERR_UNIT_UNKNOWN');
    expect(shown('RECEPTION_OFFICER', 'PC06-TEST', 'CAX-TEST')).toBe('EID_ERR_FORBIDDEN');
    expect(shown('RECEPTION_OFFICER', 'PC06-TEST', 'NOWHERE')).toBe('EID_ERR_FORBIDDEN');
  });

  it('are those of any unit for C06, but not for its call centre', () => {
    for (const role of ['C06_OFFICER', 'C06_DIRECTOR'] as const)
      expect(shown(role, 'C06', 'CAX-OTHER')).toBe('CAX-OTHER');
    expect(shown('C06_OFFICER', 'C06', 'NOWHERE')).toBe('EID_ERR_UNIT_UNKNOWN');
    expect(shown('CALL_CENTRE', 'C06', 'CAX-TEST')).toBe('EID_ERR_FORBIDDEN');
    expect(shown('C06_OFFICER', 'PC06-TEST', 'CAX-TEST')).toBe('EID_ERR_FORBIDDEN');
  });

  it('are none for whoever is of no office, audits, or is another system', () => {
    for (const role of ['REPRESENTATIVE', 'AUTHORITY', 'AUDITOR'] as const)
      expect(shown(role, undefined)).toBe('EID_ERR_FORBIDDEN');
    for (const role of ['AUDITOR', 'SERVICE'] as const) expect(shown(role, 'C06')).toBe('EID_ERR_FORBIDDEN');
  });
});
