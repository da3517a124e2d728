import type { Cases } from '../client/cases.ts';
import { systemActor } from '../domain/deciding.ts';
import { DomainError } from '../domain/error.ts';
import { failpoint } from '../processes/failpoint.ts';
import { AccountEvent } from '../schemas/account.ts';
import { StreamId } from '../schemas/codes.ts';
import type { OrderOutcome } from '../schemas/lock.ts';
import type { Queryable } from '../store/pool.ts';
import { findCommand } from '../store/read.ts';
import type { OrderActivities } from '../workflows/lock-order.ts';

/**
 * Tells an account what an order asks for, and answers what the account made of it. Telling it twice tells it once, by
 * the command's id, one for each round of an order.
 */
export const orderActivities = (cases: Cases, db: Queryable): OrderActivities => ({
  async carryOutOrder({ account, round, instruction, correlationId }) {
    if (!StreamId.safeParse(account).success) return 'NO_ACCOUNT';
    const id = `${instruction.order}:apply:${round}`;
    const data = { instruction, round };
    try {
      await cases.send(account, { id, actor: systemActor, correlationId, type: 'ApplyOrder', data });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'EID_ERR_CASE_UNKNOWN') throw error;
      return (await isBeingOpened(db, account)) ? 'NOT_YET_OPEN' : 'NO_ACCOUNT';
    }
    failpoint('order.applied');
    return await answerTo(db, account, id);
  },
});

/** What the log holds is the answer, whichever attempt it was that wrote it. */
async function answerTo(db: Queryable, account: string, commandId: string): Promise<OrderOutcome> {
  for (const { type, data } of await findCommand(db, account, commandId)) {
    const event = AccountEvent.safeParse({ type, data });
    if (event.success && event.data.type === 'OrderAnswered') return event.data.data.outcome;
  }
  throw new Error(`${account} took ${commandId} and answered nothing`);
}

/** A number is allocated when a request is approved, a moment before its account is opened. */
async function isBeingOpened(db: Queryable, account: string): Promise<boolean> {
  const { rows } = await db.query({
    name: 'account-being-opened',
    text: `select 1 from orgeid.cases
      where not closed and type = 'registration' and status = 'ISSUED' and state->>'account' = $1`,
    values: [account],
  });
  return rows.length > 0;
}
