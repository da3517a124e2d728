import { describe, expect, it } from 'vitest';
import { faultBoard } from './fault.ts';

const own = { fault: 'SILENT', times: 1 } as const;

describe('the board of faults', () => {
  it('shows the fault of the data as often as it says', () => {
    const board = faultBoard();
    expect(board.show(['SILENT'], ['k'], own)).toEqual(own);
    expect(board.show(['SILENT'], ['k'], own)).toBeUndefined();
    expect(board.show(['SILENT'], ['another'], own)).toEqual(own);
  });

  it('counts a fault only where it can show', () => {
    const board = faultBoard();
    expect(board.show(['SLOW'], ['k'], own)).toBeUndefined();
    expect(board.show(['SILENT'], ['k'], own)).toEqual(own);
  });

  it('puts a command for a key before one for all, and both before the data', () => {
    const board = faultBoard();
    board.command({ fault: 'TWICE' });
    board.command({ fault: 'NONE' }, 'k');
    expect(board.show(['TWICE', 'SILENT'], ['other'], own)).toEqual({ fault: 'TWICE' });
    expect(board.show(['TWICE', 'SILENT'], ['x', 'k'], own)).toBeUndefined();
  });

  it('forgets all commands when NONE is commanded for all', () => {
    const board = faultBoard();
    board.command({ fault: 'TWICE' });
    board.command({ fault: 'WRONG' }, 'k');
    board.command({ fault: 'NONE' });
    expect(board.show(['TWICE', 'WRONG'], ['k'])).toBeUndefined();
    expect(board.show(['SILENT'], ['k'], own)).toEqual(own);
  });
});
