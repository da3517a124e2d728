import { describe, expect, it } from 'vitest';
import { DomainError } from '../../domain/error.ts';
import { type AccessTable, commandTypes } from '../../schemas/access.ts';
import { CaseType } from '../../schemas/case.ts';
import { checkAccessTable, loadAccessTable } from './load.ts';

const shipped = loadAccessTable();

const problemsOf = (data: unknown): string[] => {
  try {
    checkAccessTable(data, 'table.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'EID_ERR_POLICY_INVALID') throw error;
    return (error.details.problems as { path: string; message: string }[]).map(
      ({ path, message }) => `${path}: ${message}`,
    );
  }
};

/** The shipped table with one row changed. */
const withRow = (id: string, change: object): unknown => ({
  ...shipped,
  rows: shipped.rows.map((row) => (row.id === id ? { ...row, ...change } : row)),
});
const without = (type: CaseType, command: string): unknown => ({
  ...shipped,
  rows: shipped.rows
    .map((row) => (row.case === type ? { ...row, may: row.may.filter((grant) => grant !== command) } : row))
    .filter(({ may }) => may.length > 0),
});

describe('the table of who may do what', () => {
  it('says of each row in a sentence what it allows, and on what it rests', () => {
    for (const { sentence, basis } of shipped.rows) {
      expect(sentence).toMatch(/^[A-ZĐ].*\.$/);
      expect(basis).not.toBe('');
    }
  });

  it.each(CaseType.options.flatMap((type) => commandTypes[type].map((command) => [type, command] as const)))(
    'is refused when no row of a %s allows %s',
    (type, command) => {
      expect(problemsOf(without(type, command)).join()).toContain(`no row allows ${command}`);
    },
  );

  it('knows the commands of each case, and no others', () => {
    expect(problemsOf(withRow('request-at-c06', { may: ['READ', 'LockOwnAccount'] })).join()).toContain(
      'may',
    );
    expect(problemsOf(withRow('request-at-c06', { who: ['KING'] })).join()).toContain('who');
  });

  it.each([
    [
      'a command for an auditor',
      'request-of-the-auditor',
      { may: ['READ', 'WithdrawRequest'] },
      'decides nothing',
    ],
    ['an auditor as anything else', 'request-of-the-auditor', { as: ['UNIT'] }, 'auditor alone'],
    ['another system', 'account-at-c06', { who: ['C06_OFFICER', 'SERVICE'] }, 'another system'],
    ['people who speak as the system', 'request-of-the-system', { who: ['C06_DIRECTOR'] }, 'as system alone'],
    ['people beside the system', 'request-of-the-system', { who: ['SYSTEM', 'UNIT_HEAD'] }, 'mixes'],
    ['reading what is not there', 'request-opens-on-vneid', { may: ['READ', 'FileRequest'] }, 'none to read'],
    ['acting on what one may not read', 'request-at-c06', { may: ['ProposeIssuance'] }, 'may read it'],
    ['those whom the case does not concern', 'request-at-c06', { as: ['NONE'] }, 'as'],
    ['a row named as another', 'request-at-c06', { id: 'request-at-reception' }, 'names a row again'],
    ['a row without its sentence', 'request-at-c06', { sentence: '' }, 'sentence'],
    ['the same twice', 'request-of-the-auditor', { may: ['READ', 'READ'] }, 'same twice'],
  ])('does not take %s', (_, id, change, message) => {
    expect(problemsOf(withRow(id, change)).join()).toContain(message);
  });

  it('is refused when the file is not there, or holds something else', () => {
    expect(() => loadAccessTable('/no/such/file.yaml')).toThrow('EID_ERR_POLICY_INVALID');
    expect(problemsOf({}).length).toBeGreaterThan(0);
  });

  it('is the one that comes with the project when none is named', () => {
    const table: AccessTable = shipped;
    expect(table.version).toMatch(/^access\//);
  });
});
