import { describe, expect, it } from 'vitest';
import { loadAccessTable } from '../../policies/access/load.ts';
import { Reading } from '../../schemas/access.ts';
import { exposedCommands } from './exposed.ts';

const table = loadAccessTable();
const commands = exposedCommands(table);
const readings: ReadonlySet<string> = new Set(Reading.options);
const named = (type: string) => commands.find((command) => command.type === type);

describe('the commands over HTTP', () => {
  it('are those that the table lets anybody but the system give', () => {
    const ofSystem = ['MarkOverdue', 'MarkTaskOverdue', 'RecordRegistryAnswer', 'ApplyOrder', 'OpenAccount'];
    for (const type of ofSystem) expect(named(type), type).toBeUndefined();
    const rows = table.rows.filter(({ who }) => who.some((role) => role !== 'SYSTEM'));
    for (const row of rows)
      for (const type of row.may)
        if (!readings.has(type))
          expect(
            commands.some((command) => command.caseType === row.case && command.type === type),
            `${row.case} ${type}`,
          ).toBe(true);
  });

  it('vanish with the row that grants them', () => {
    const rows = table.rows.filter(({ id }) => id !== 'request-of-the-director');
    expect(exposedCommands({ ...table, rows }).some(({ type }) => type === 'DecideRequest')).toBe(false);
  });

  it('have addresses of their own', () => {
    const addresses = commands.map(({ caseType, path }) => `${caseType}${path}`);
    expect(new Set(addresses).size).toBe(commands.length);
    expect(named('DecideLockOrder')?.path).toBe('/:stream/decide-lock-order');
    expect(named('FileRequest')).toMatchObject({ path: '', opens: true });
  });

  it('never take a unit’s path or a colleague’s roles from the caller', () => {
    const colleague = { id: 'x', roles: ['C06_DIRECTOR'] };
    const reassign = named('ReassignTask')?.body;
    expect(reassign?.safeParse({ taskId: 't', to: { id: 'x' } }).success).toBe(true);
    expect(reassign?.safeParse({ taskId: 't', to: colleague }).success).toBe(false);
    for (const type of ['FileRequest', 'DraftDossier', 'ReviseDraft', 'ResubmitRequest'])
      expect(named(type)?.body.shape, type).not.toHaveProperty('jurisdiction');
  });
});
