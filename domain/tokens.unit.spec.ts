import { describe, expect, it } from 'vitest';
import { fillTokens } from './tokens.ts';

describe('tokens', () => {
  const data = {
    account: 'account-@identification-number',
    deep: [{ number: '@identification-number' }],
    n: 1,
  };
  it('are filled everywhere in the data', () => {
    expect(fillTokens(data, { '@identification-number': '10000000001' })).toEqual({
      account: 'account-10000000001',
      deep: [{ number: '10000000001' }],
      n: 1,
    });
  });
  it('stay where nothing was filled in', () => {
    expect(fillTokens(data, undefined)).toBe(data);
    expect(fillTokens(data, {})).toEqual(data);
  });
  it('may be filled by any text', () => {
    const value = `a "quoted" \\ $& line\nbreak`;
    expect(fillTokens({ note: '<@t>' }, { '@t': value })).toEqual({ note: `<${value}>` });
  });
});
