import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder } from '../../../test/support/folder.ts';
import { type CheckOptions, casesOf, onlyOf, wholeNumber } from './options.ts';

const options = (change: Partial<CheckOptions> = {}): CheckOptions => ({
  party: 'TAX',
  timeout: '10',
  start: '60',
  burst: '200',
  ...change,
});

const file = (text: string) => {
  const path = join(freshFolder(), 'cases.json');
  writeFileSync(path, text);
  return path;
};

describe('the options of "orgeid adapter check"', () => {
  it('name a record by every key under which the registry keeps it', () => {
    expect(casesOf(options({ known: '1', unknown: '2' }))).toMatchObject({
      known: { taxCode: '1', code: '1' },
      unknown: { taxCode: '2', code: '2' },
    });
    const population = casesOf(options({ party: 'POPULATION', known: '1', unknown: '2' }));
    expect(population.known).toMatchObject({ personNumber: '1' });
    expect(population.known).not.toHaveProperty('taxCode');
  });

  it('take from the file what the command line does not say', () => {
    const cases = file('{"known":{"taxCode":"1"},"unknown":{"taxCode":"2"},"refused":{"taxCode":"3"}}');
    expect(casesOf(options({ cases, known: '9' }))).toMatchObject({
      known: { taxCode: '9' },
      unknown: { taxCode: '2' },
      refused: { taxCode: '3' },
    });
  });

  it.each([
    ['no known record', {}, 'EID_ERR_USAGE', '--known is required'],
    ['no unknown record', { known: '1' }, 'EID_ERR_USAGE', '--unknown is required'],
    ['a file that is not there', { cases: '/nowhere.json' }, 'EID_ERR_FILE', '/nowhere.json'],
  ])('are refused with %s', (_, change, code, said) => {
    let refusal: unknown;
    try {
      casesOf(options(change));
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code });
    expect(JSON.stringify(refusal)).toContain(said);
  });

  it.each([
    ['what is not JSON', '{"known":'],
    ['what is not an object', '[]'],
    ['a field that is not known', '{"known":{"taxCode":"1"},"unknown":{"taxCode":"2"},"unkown":{}}'],
  ])('are refused with %s in the file', (_, text) => {
    expect(() => casesOf(options({ cases: file(text) }))).toThrow(
      expect.objectContaining({ code: 'EID_ERR_FILE' }),
    );
  });

  it('name the items that there are when one is not', () => {
    expect(onlyOf(options({ only: 'burst, duplicate' }))).toEqual(new Set(['burst', 'duplicate']));
    expect(() => onlyOf(options({ only: 'bursts' }))).toThrow(
      expect.objectContaining({ code: 'EID_ERR_USAGE' }),
    );
  });

  it.each(['', '-1', '1.5', '0', 'x', '101'])('take no "%s" for a number from 1 to 100', (text) => {
    expect(() => wholeNumber('timeout', text, 1, 100)).toThrow(
      expect.objectContaining({ code: 'EID_ERR_USAGE' }),
    );
  });
});
