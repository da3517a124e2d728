import { describe, expect, it } from 'vitest';
import { loadAccessTable } from '../../policies/access/load.ts';
import { audits } from './audits.ts';

const table = loadAccessTable();

describe('who audits', () => {
  it('is an auditor whom the table lets read every type of case', () => {
    expect(audits({ roles: ['AUDITOR'] }, table, 'READ')).toBe(true);
    expect(audits({ roles: ['AUDITOR', 'UNIT_HEAD'] }, table, 'SEE_ACCESSES')).toBe(true);
    expect(audits({ roles: ['C06_DIRECTOR', 'UNIT_HEAD', 'SYSTEM'] }, table, 'READ')).toBe(false);
  });

  it('is nobody where the table says nothing of auditors for one of them', () => {
    const rows = table.rows.filter((row) => row.case !== 'verification' || !row.as.includes('AUDITOR'));
    expect(audits({ roles: ['AUDITOR'] }, { rows }, 'READ')).toBe(false);
  });
});
