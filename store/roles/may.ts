import { DomainError } from '../../domain/error.ts';

const NO_RIGHT = '42501'; // insufficient_privilege
const THERE = ['42710', '23505']; // duplicate_object, or another session made it at this very moment

export const sqlState = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/**
 * Does what the login may not be allowed to do; whatever is there already counts as done.
 * @throws DomainError `EID_ERR_DATABASE_ROLE` with the statements (`run`) for an administrator
 */
export async function ifAllowed(run: readonly string[], act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const state = sqlState(error);
    if (state !== undefined && THERE.includes(state)) return;
    if (state !== NO_RIGHT) throw error;
    throw new DomainError('EID_ERR_DATABASE_ROLE', {
      reason: error instanceof Error ? error.message : String(error),
      run,
    });
  }
}
