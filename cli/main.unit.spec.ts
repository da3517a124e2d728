import process from 'node:process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from './main.ts';

const single = ['deadline', '--received', '2025-01-24T16:00', '--limit', '3', '--unit', 'working_days'];

afterEach(() => vi.restoreAllMocks());

/** Runs a command line in this process. */
async function run(args: readonly string[]) {
  const said = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += String(text);
    return true;
  });
  return { code: await main(args), ...said };
}

describe('a command line that cannot be used', () => {
  it.each([
    ['an unknown command', ['dedline'], 'EID_ERR_USAGE'],
    ['an unknown option', ['deadline', '--recieved', 'x'], 'EID_ERR_USAGE'],
    ['a missing option', ['deadline', '--limit', '3'], 'EID_ERR_USAGE'],
    ['both a file and a single question', ['deadline', '--csv', 'a.csv', '--limit', '3'], 'EID_ERR_USAGE'],
    ['an unknown language', [...single, '--lang', 'fr'], 'EID_ERR_USAGE'],
    ['a stray word', [...single, 'please'], 'EID_ERR_USAGE'],
    ['a time that is none', [...single, '--received', 'tomorrow'], 'EID_ERR_SHAPE'],
    ['a limit below 0', [...single, '--limit=-3'], 'EID_ERR_SHAPE'],
    ['a limit beyond time', [...single, '--limit=999999999999999', '--unit=milliseconds'], 'EID_ERR_SHAPE'],
    ['a date outside the calendar', [...single, '--received', '2031-01-01'], 'EID_ERR_CALENDAR_RANGE'],
    ['a file that is not there', ['deadline', '--csv', 'absent.csv'], 'EID_ERR_FILE'],
    ['an address that is none', ['serve', '--listen', 'everywhere'], 'EID_ERR_USAGE'],
    ['an API without a provider', ['serve', '--listen', '127.0.0.1:0'], 'EID_ERR_USAGE'],
    ['a port that is none', ['start', '--listen', '127.0.0.1:65536'], 'EID_ERR_USAGE'],
    [
      'one port for two',
      ['start', '--listen', '127.0.0.1:18091', '--identity-port', '18091'],
      'EID_ERR_USAGE',
    ],
    ['nobody to sign in', ['token'], 'EID_ERR_USAGE'],
  ])('ends with 2 and a code for %s', async (_, args, error) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(new RegExp(`^${error}: .+ — .+\\n$`));
  });

  it('ends with 1 when the calendar itself is not valid', async () => {
    const { code, err } = await run([...single, '--calendar', 'absent.yaml']);
    expect(code).toBe(1);
    expect(err).toMatch(/^EID_ERR_POLICY_INVALID: .*file: absent\.yaml/);
  });

  it('is told as one JSON object with --json', async () => {
    const { err } = await run(['deadline', '--csv', 'absent.csv', '--json']);
    expect(JSON.parse(err)).toMatchObject({
      error: { code: 'EID_ERR_FILE', details: { file: 'absent.csv' } },
    });
  });
});

describe('help', () => {
  it('ends with 0 when asked for, and with 2 when nothing was asked', async () => {
    expect(await run(['deadline', '--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('--received'),
    });
    expect(await run([])).toMatchObject({ code: 2, err: expect.stringContaining('deadline') });
  });
});

describe('--lang', () => {
  it('chooses the language of the reasons', async () => {
    expect((await run([...single, '--lang', 'vi'])).out).toContain('Hạn cuối: hết thứ Tư 05/02/2025.');
    expect((await run([...single, '--lang', 'en'])).out).toContain('Due by the end of Wednesday 05/02/2025.');
  });
});
