import type { OrderOutcome } from '../../schemas/lock.ts';

/** Whether the account is as the order wants it; otherwise a person at C06 decides what follows. */
export function isCarriedOut(outcome: OrderOutcome): boolean {
  switch (outcome) {
    case 'LOCKED':
    case 'GROUND_ADDED':
    case 'ALREADY_HELD':
    case 'UNLOCKED':
    case 'GROUND_LIFTED':
      return true;
    case 'NOTHING_TO_LIFT':
    case 'DISSOLVED':
    case 'NO_ACCOUNT':
    case 'NOT_YET_OPEN':
    case 'GROUND_DISABLED':
      return false;
  }
}
