import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const command = fileURLToPath(new URL('orgeid.mjs', import.meta.url));
const golden = fileURLToPath(new URL('../domain/calendar/golden.csv', import.meta.url));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'orgeid-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function orgeid(args: string[], env: Record<string, string> = { LC_ALL: 'C' }) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TZ: 'America/New_York', ...env },
  });
  return { status, stdout, stderr };
}

const single = ['deadline', '--received', '2025-01-24T16:00', '--limit', '3', '--unit', 'working_days'];

describe('orgeid deadline', () => {
  it('prints the due date first, then the reasons, in any zone of the machine', () => {
    const { status, stdout, stderr } = orgeid(single);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')[0]).toBe('2025-02-05');
    expect(stdout).toContain(
      'Skipped 27–31/01/2025: Tết (Lunar New Year) (Government Office document 8726/VPCP-KGVX',
    );
  });

  it('speaks Vietnamese where the locale does', () => {
    expect(orgeid(single, { LANG: 'vi_VN.UTF-8' }).stdout).toContain('Hạn cuối: hết thứ Tư 05/02/2025.');
    expect(orgeid([...single, '--lang', 'en'], { LANG: 'vi_VN.UTF-8' }).stdout).toContain(
      'Due by the end of',
    );
  });

  it('prints one JSON document with --json', () => {
    const { status, stdout } = orgeid([...single, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      received_on: '2025-01-24',
      limit: 3,
      unit: 'working_days',
      due_on: '2025-02-05',
      due_at: '2025-02-05T17:00:00.000Z',
      why: expect.stringContaining('Due by the end of Wednesday 05/02/2025.'),
      steps: expect.arrayContaining([expect.objectContaining({ type: 'SKIPPED', from: '2025-01-27' })]),
      calendar: 'vn-state-2024-2026.1',
    });
  });

  it('answers the good rows of a file, and reports each bad one by row and column', () => {
    const file = join(folder, 'mixed.csv');
    writeFileSync(
      file,
      '\uFEFFid,received_at,limit,unit,note\r\n' +
        'a,2025-01-24T16:00,3,working_days,"Hưng Yên, ""1"""\r\n' +
        'b,24/01/2025,3,working_days,\r\n' +
        'c,2025-01-24T16:00,three,working_days,\r\n' +
        'd,2025-01-24T16:00,3,weeks,\r\n' +
        'e,2026-12-31T16:00,15,calendar_days,\r\n' +
        'f,2025-01-24T16:00,3\r\n' +
        'g,2024-04-19T09:00,15,calendar_days,\r\n',
    );
    const { status, stdout, stderr } = orgeid(['deadline', '--csv', file]);
    expect(status).toBe(1);
    const rows: Record<string, string>[] = parse(stdout, { columns: true });
    expect(Object.keys(rows[0] ?? {})).toEqual([
      'id',
      'received_at',
      'limit',
      'unit',
      'note',
      'due_on',
      'why',
    ]);
    expect(rows.map((row) => row.due_on)).toEqual(['2025-02-05', '', '', '', '', '', '2024-05-04']);
    expect(rows[0]?.note).toBe('Hưng Yên, "1"');
    expect(rows[1]?.why).toBe(stderr.split('\n')[0]);
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => line.split(': ', 2).join(': ')),
    ).toEqual([
      'EID_ERR_CSV_ROW: row 3, column received_at',
      'EID_ERR_CSV_ROW: row 4, column limit',
      'EID_ERR_CSV_ROW: row 5, column unit',
      'EID_ERR_CSV_ROW: row 6, column limit',
      'EID_ERR_CSV_ROW: row 7, column unit',
    ]);
    const json = orgeid(['deadline', '--csv', file, '--json']);
    expect([json.status, json.stderr]).toEqual([1, '']);
    const document = JSON.parse(json.stdout);
    expect(document.rows.map((row: Record<string, string>) => row.due_on)).toEqual(
      rows.map((row) => row.due_on),
    );
    expect(document.errors).toHaveLength(5);
    expect(document.errors[0]).toMatchObject({ row: 3, column: 'received_at', id: 'b' });
  });

  it('answers the golden table as it stands, with exit code 0', () => {
    const { status, stdout } = orgeid(['deadline', '--csv', golden, '--json']);
    const { rows, errors } = JSON.parse(stdout);
    expect([status, errors]).toEqual([0, []]);
    expect(rows.map((row: Record<string, string>) => row.due_on)).toEqual(
      rows.map((row: Record<string, string>) => row.expected_due_on),
    );
  });
});

describe('orgeid, given what it cannot use', () => {
  it('says so on standard error and ends with 2', () => {
    const { status, stdout, stderr } = orgeid(['deadline', '--csv', 'absent.csv']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^EID_ERR_FILE: .+ — .+\n$/);
  });
});
