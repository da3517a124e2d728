import type { Cases } from '../client/cases.ts';
import { systemActor } from '../domain/deciding.ts';
import { type BodyReport, reportOf } from '../domain/verification/effects.ts';
import { failpoint } from '../processes/failpoint.ts';
import { VerificationEvent, type VerificationState } from '../schemas/verification.ts';
import type { Queryable } from '../store/pool.ts';
import { findCommand } from '../store/read.ts';
import { readCase } from '../store/readCase.ts';
import type { BodyActivities } from '../workflows/registration.ts';
import type { VerificationActivities } from '../workflows/verification.ts';

/** Carries a question from the case that asks to a verification, and its outcome back. Doing it twice does it once, by the commands' ids. */
export const verificationActivities = (
  cases: Cases,
  db: Queryable,
): BodyActivities & VerificationActivities => ({
  async openVerification({ verification, data, correlationId }) {
    const id = `${verification}:open`;
    const command = { id, actor: systemActor, correlationId };
    await cases.send(verification, { ...command, type: 'OpenVerification', data });
    failpoint('verification.opened');
    return await limitOf(db, verification, id);
  },
  async withdrawVerification({ verification, correlationId }) {
    const command = { id: `${verification}:withdraw`, actor: systemActor, correlationId };
    const data = { note: 'Hồ sơ đã có kết quả' };
    await cases.send(verification, { ...command, type: 'WithdrawVerification', data });
    return await endOf(db, verification);
  },
  async reportBodyOutcome({ request, correlationId, ...data }) {
    const command = { id: `${data.verification}:outcome`, actor: systemActor, correlationId };
    await cases.send(request, { ...command, type: 'RecordBodyAnswer', data });
  },
});

/** What the log holds is the limit, whichever attempt it was that wrote it. */
async function limitOf(db: Queryable, stream: string, commandId: string): Promise<string> {
  for (const { type, data } of await findCommand(db, stream, commandId)) {
    const event = VerificationEvent.safeParse({ type, data });
    if (event.success && event.data.type === 'VerificationOpened') return event.data.data.dueAt;
  }
  throw new Error(`${stream} took ${commandId} and was not opened`);
}

/** The case again: whichever came first, the answer or the withdrawal. */
async function endOf(db: Queryable, stream: string): Promise<BodyReport> {
  const found = await readCase(db, stream);
  const report = found && reportOf(found.state as VerificationState);
  if (!report) throw new Error(`${stream} was withdrawn and has no end`);
  return report;
}
