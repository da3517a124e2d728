import type { Actor } from '../../schemas/actor.ts';
import type { BodyAnswer, BodyQuestion } from '../../schemas/body.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import type { VerificationCommand } from '../../schemas/verification.ts';
import { verification } from '../verification/index.ts';
import { askVerification } from './commands.ts';
import { jurisdiction, people } from './people.ts';
import { specification } from './specification.ts';

export const VERIFICATION = 'verification-1-1';
/** A Monday without a holiday for four weeks, 09:00 in Viet Nam. */
export const ASKED = '2025-03-03T02:00:00.000Z';
/** The end of the first and of the second working day after it. */
export const DAY_1 = '2025-03-04T17:00:00.000Z';
export const DAY_2 = '2025-03-05T17:00:00.000Z';
/** The end of the working day after the one that begins with `DAY_2`. */
export const DAY_4 = '2025-03-07T17:00:00.000Z';

type Asking = Extract<VerificationCommand, { type: 'OpenVerification' }>['data'];

export const questions: BodyQuestion[] = [
  { id: 'exists', kind: 'EXISTENCE' },
  { id: 'representative', kind: 'REPRESENTATIVE', claimed: 'Nguyễn Thị Lan' },
];

export const askingOf = (more: Partial<Asking> = {}): Asking => ({
  body: 'FINANCE',
  place: '33',
  subject: { organisation: 'Công ty TNHH Sao Mai', code: '0900000001' },
  questions,
  reason: 'Đối chiếu hồ sơ đề nghị cấp tài khoản',
  asker: jurisdiction.verification,
  askedBy: { id: people.verifier.id, name: people.verifier.name },
  ...more,
});

export const opening = (more: Partial<Asking> = {}, by: Actor = people.verifier) =>
  askVerification(by, 'OpenVerification', askingOf(more));

const TASK = 'answer-verification-1';
export const said = (question: string, result: BodyAnswer['result'] = 'MATCH'): BodyAnswer => ({
  question,
  result,
});
export const part = (answers: BodyAnswer[] = [said('exists')], by: Actor = people.financeOfficer) =>
  askVerification(by, 'AnswerPart', { taskId: TASK, answers });
export const whole = (
  answers: BodyAnswer[] = [said('exists'), said('representative')],
  by: Actor = people.financeOfficer,
) => askVerification(by, 'AnswerVerification', { taskId: TASK, answers });
export const refusal = (by: Actor = people.financeOfficer) =>
  askVerification(by, 'RefuseVerification', {
    taskId: TASK,
    reason: 'NOT_COMPETENT',
    text: 'Thuộc thẩm quyền của Sở Nội vụ',
  });
export const withdrawal = (by: Actor = people.verifier) =>
  askVerification(by, 'WithdrawVerification', { note: 'Đã có giấy tờ' });
export const chasing = (by: Actor = people.verifier, taskId = 'chase-verification-1') =>
  askVerification(by, 'ChaseVerification', { taskId, note: 'Đã gọi điện, hẹn trả lời trong ngày' });
export const overdue = (dueAt = DAY_2) =>
  askVerification(people.system, 'MarkVerificationOverdue', { dueAt });
export const reminder = (number = 1) => askVerification(people.system, 'RemindBody', { number });
export const reported = () => askVerification(people.system, 'RecordReported');

/** Given/when/then for a verification under a policy, with the usual points of its way to start from. */
export function verifications(policy: CasePolicy) {
  const spec = specification(verification(VERIFICATION, policy), ASKED);
  const after = (...commands: CommandOf<VerificationCommand>[]) =>
    spec.given(spec.played(commands.map((command) => ({ command }))));
  return {
    ...spec,
    after,
    fresh: () => spec.given([]),
    sent: (more?: Partial<Asking>) => after(opening(more)),
    inPart: () => after(opening(), part()),
    overdue: (more?: Partial<Asking>) =>
      spec.given(spec.played([{ command: opening(more) }, { command: overdue(), at: DAY_2 }])),
    answered: () => after(opening(), whole()),
    refused: () => after(opening(), refusal()),
    withdrawn: () => after(opening(), withdrawal()),
  };
}
