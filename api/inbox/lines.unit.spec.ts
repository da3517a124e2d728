import { describe, expect, it } from 'vitest';
import { createLines } from './lines.ts';

describe('the streams of a caller', () => {
  it('are as many as one may have, and one that ended makes room once', () => {
    const lines = createLines(2);
    const close = lines.open('a');
    lines.open('a');
    expect(() => lines.open('a')).toThrow(expect.objectContaining({ code: 'EID_ERR_TOO_MANY' }));
    lines.open('b');
    close();
    close();
    lines.open('a');
    expect(() => lines.open('a')).toThrow(expect.objectContaining({ code: 'EID_ERR_TOO_MANY' }));
  });
});
