import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixtures } from '../../test/audit/fixtures/make.ts';
import { parseVerifierKey } from '../../transparency/keys.ts';
import type { FaultCode } from './faults.ts';
import { verifyBundle } from './verify.ts';

const folder = new URL('../../test/audit/fixtures/bundles/', import.meta.url);
const key = parseVerifierKey(readFileSync(new URL('log.vkey', folder), 'utf8').trim());

/** The first thing of each that does not hold, and where. */
const broken: Readonly<
  Record<string, { readonly code: FaultCode; readonly line: number; readonly position?: number }>
> = {
  'cut-off': { code: 'NO_NEWLINE', line: 9 },
  'deleted-at-the-end': { code: 'LEFT_OUT', line: 16, position: 12 },
  'deleted-in-the-middle': { code: 'LEFT_OUT', line: 10, position: 6 },
  'deleted-whole-case': { code: 'LEFT_OUT', line: 6, position: 2 },
  'edited-actor': { code: 'ALTERED', line: 9, position: 5 },
  'edited-payload': { code: 'ALTERED', line: 7, position: 3 },
  'edited-recording': { code: 'ALTERED', line: 9, position: 5 },
  'edited-time': { code: 'ALTERED', line: 7, position: 3 },
  'hashed-anew-after-an-edit': { code: 'OTHER_ROOT', line: 16 },
  'hashed-anew-without-a-case': { code: 'LEFT_OUT', line: 11, position: 7 },
  'hidden-event-of-the-case': { code: 'LEFT_OUT', line: 10, position: 7 },
  inserted: { code: 'ALTERED', line: 9, position: 5 },
  'last-event-hidden': { code: 'OTHER_DIGEST', line: 18 },
  'no-policies': { code: 'MISSING', line: 4 },
  'no-seal-line-end': { code: 'NO_NEWLINE', line: 19 },
  'other-case': { code: 'OTHER_CASE', line: 5, position: 1 },
  'other-checkpoint': { code: 'WRONG_SIGNATURE', line: 3 },
  'other-policy': { code: 'OTHER_POLICY', line: 17 },
  'rolled-back': { code: 'LEFT_OUT', line: 13, position: 9 },
  spaces: { code: 'NOT_CANONICAL', line: 6 },
  swapped: { code: 'LEFT_OUT', line: 9, position: 5 },
};

const verify = (name: string) => {
  if (!key) throw new Error('the fixtures have a key');
  return verifyBundle(createReadStream(new URL(`${name}.bundle`, folder)), { keys: [key] });
};

describe('the bundles that are kept', () => {
  it('are those that are made today, byte for byte', () => {
    const kept = readdirSync(folder).filter((file) => file.endsWith('.bundle'));
    expect(kept.sort()).toEqual(
      Object.keys(fixtures)
        .map((name) => `${name}.bundle`)
        .sort(),
    );
    for (const [name, text] of Object.entries(fixtures))
      expect(readFileSync(new URL(`${name}.bundle`, folder), 'utf8')).toBe(text);
  });

  it.each(['whole-case', 'whole-log'])('hold: %s', async (name) => {
    expect(await verify(name)).toMatchObject({
      holds: true,
      report: { size: 12, sealed: true, trusted: true },
    });
  });

  it('are each looked at', () => {
    expect(Object.keys(fixtures).sort()).toEqual(['whole-case', 'whole-log', ...Object.keys(broken)].sort());
  });

  it.each(Object.entries(broken))('do not hold, and say where: %s', async (name, expected) => {
    const verdict = await verify(name);
    if (verdict.holds) throw new Error(`${name} holds`);
    const { code, line, position } = verdict.fault;
    expect({ code, line, ...(position === undefined ? {} : { position }) }).toEqual(expected);
    expect(verdict.fault.said('vi')).not.toBe(verdict.fault.said('en'));
  });
});
