import { describe, expect, it } from 'vitest';
import { DomainError } from '../domain/error.ts';
import { exitCodeOf, tell } from './errors.ts';

describe('errors on the command line', () => {
  it('say the code, what is wrong, and what to do next', () => {
    const error = new DomainError('EID_ERR_FILE', { file: 'a.csv', reason: 'the header lacks id' });
    expect(tell(error)).toMatchObject({
      code: 'EID_ERR_FILE',
      message: 'The file cannot be read (file: a.csv; the header lacks id)',
      next: expect.stringContaining('header'),
    });
  });

  it('name file, path and fault of a policy that is not valid', () => {
    const problems = [{ path: 'days[3].date', message: 'is a MON, not a TUE' }];
    const error = new DomainError('EID_ERR_POLICY_INVALID', { file: 'c.yaml', problems });
    expect(tell(error).message).toContain('file: c.yaml; problems: days[3].date is a MON, not a TUE');
  });

  it('keep the sentence of an error of another class that carries a code', () => {
    const error = Object.assign(new Error('EID_ERR_ENGINE_START: no port'), { code: 'EID_ERR_ENGINE_START' });
    expect(tell(error)).toMatchObject({ code: 'EID_ERR_ENGINE_START', message: 'no port' });
  });

  it('call anything else an internal error, codes of the platform among it', () => {
    expect(tell(Object.assign(new Error('boom'), { code: 'ENOENT' })).code).toBe('EID_ERR_INTERNAL');
    expect(tell('boom')).toMatchObject({ code: 'EID_ERR_INTERNAL', message: 'boom' });
  });

  it.each([
    ['EID_ERR_USAGE', 2],
    ['EID_ERR_SHAPE', 2],
    ['EID_ERR_FILE', 2],
    ['EID_ERR_CALENDAR_RANGE', 2],
    ['EID_ERR_POLICY_INVALID', 1],
    ['EID_ERR_ENGINE_START', 1],
    ['EID_ERR_DATA_DIR_BUSY', 1],
  ] as const)('of code %s end with %d', (code, exit) => {
    expect(exitCodeOf(new DomainError(code))).toBe(exit);
  });
});
