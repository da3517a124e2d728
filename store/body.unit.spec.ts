import { describe, expect, it } from 'vitest';
import { canonical } from './body.ts';

describe('canonical JSON', () => {
  it('is the same text for the same content in any order, keys sorted by UTF-16 units, nothing undefined', () => {
    const one = { b: [1, { d: null, c: 'Đ' }], a: 1e21, gone: undefined };
    const other = { a: 1e21, b: [1, { c: 'Đ', d: null }] };
    expect(canonical(one)).toBe('{"a":1e+21,"b":[1,{"c":"Đ","d":null}]}');
    expect(canonical(other)).toBe(canonical(one));
  });

  it.each([
    ['NUL', 'a\u0000'],
    ['NUL after a backslash', '\\\u0000'],
    ['a high surrogate alone', '\ud83d'],
    ['a low surrogate alone', 'x\udc00y'],
  ])('refuses %s', (_, text) => {
    expect(() => canonical({ text })).toThrow(expect.objectContaining({ code: 'EID_ERR_SHAPE' }));
  });

  it.each(['😀', '\\u0000', '\\\\ud800', '\u001f\n"'])('keeps %j', (text) => {
    expect(JSON.parse(canonical({ text }))).toEqual({ text });
  });

  it('refuses what is no JSON', () => {
    expect(() => canonical(undefined)).toThrow(TypeError);
    expect(() => canonical({ n: Number.NaN })).toThrow();
  });
});
