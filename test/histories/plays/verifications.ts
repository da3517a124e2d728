import type { Actor } from '../../../schemas/actor.ts';
import { send } from '../../support/play.ts';
import { jurisdiction, officers } from '../../support/requests.ts';
import type { TestSystem, Values } from '../../support/system.ts';
import { heldUp, type Play } from '../stage.ts';

const ms = (amount: number) => ({ amount, unit: 'milliseconds' as const });
const { verifier } = officers;
const finance: Actor = { id: 'finance', name: 'finance', roles: ['BODY_OFFICER'], unit: 'FINANCE-TEST' };
const task = { taskId: 'answer-verification-1' };
const exists = { question: 'exists', result: 'MATCH' };
const address = { question: 'address', result: 'NO_DATA' };

const opening = {
  body: 'FINANCE',
  place: 'TEST',
  subject: { organisation: 'Công ty TNHH Ví Dụ', code: '0900000009' },
  questions: [
    { id: 'exists', kind: 'EXISTENCE' },
    { id: 'address', kind: 'ADDRESS' },
  ],
  reason: 'Đối chiếu hồ sơ',
  asker: jurisdiction.verification,
  askedBy: { id: verifier.id, name: verifier.name },
};

/** `request`: who asks, and is told the outcome. */
const open = async (system: TestSystem, name: string, request?: string): Promise<string> => {
  const stream = `verification-${name}`;
  const data = { ...opening, ...(request === undefined ? {} : { request }) };
  await send(system, stream, verifier, 'OpenVerification', data);
  return stream;
};

const answered: Play = async ({ system, keep }) => {
  const stream = await open(system, 'answered');
  await keep('verification-sent', stream, 'SENT', 'TASK ANSWER_VERIFICATION', 'deadline RemindBody');
  await send(system, stream, finance, 'AnswerPart', { ...task, answers: [exists] });
  await keep('verification-answered-in-part', stream, 'SENT', 'TASK ANSWER_VERIFICATION');
  await send(system, stream, finance, 'AnswerVerification', { ...task, answers: [address] });
  await system.watch.until(stream, ({ closed }) => closed);
  await keep('verification-answered', stream);
};

const reminded: Play = async ({ under, keep }) => {
  const system = await under({ limitVerification: ms(3_600_000), verificationReminders: [ms(500)] });
  const stream = await open(system, 'reminded');
  await keep('verification-reminded', stream, 'SENT', 'deadline MarkVerificationOverdue');
};

const overdue =
  (name: string, escalation: Values['escalation'] & object, deadline: string): Play =>
  async ({ under, keep }) => {
    const system = await under({
      limitVerification: ms(500),
      limitVerificationChased: ms(3_600_000),
      verificationReminders: [],
      escalation,
    });
    const stream = await open(system, name);
    await keep(`verification-${name}`, stream, 'OVERDUE', 'TASK CHASE_VERIFICATION', deadline);
    const chase = { taskId: 'chase-verification-1', note: 'Đã gọi điện' };
    await send(system, stream, verifier, 'ChaseVerification', chase);
    await keep(`verification-${name}-chased`, stream, 'SENT', 'deadline MarkVerificationOverdue');
  };

/** The case that asked cannot be told for now. */
const beingReported =
  (name: string, end: (system: TestSystem, stream: string) => Promise<unknown>): Play =>
  async ({ system, keep }) => {
    const request = `registration-asking-${name}`;
    await heldUp(system, request, async () => {
      const stream = await open(system, `${name}-1`, request);
      await end(system, stream);
      const points = [name.toUpperCase(), 'SYSTEM REPORT_OUTCOME', 'effect reportOutcome'];
      await keep(`verification-${name}-being-reported`, stream, ...points);
    });
  };

export const verificationPlays: readonly Play[] = [
  answered,
  reminded,
  overdue('overdue', [{ id: 'soon', when: { share: 0.5 } }], 'deadline EscalateDueTask'),
  overdue('overdue-climbing-never', [], 'deadline MarkTaskOverdue'),
  beingReported('answered', (system, stream) =>
    send(system, stream, finance, 'AnswerVerification', { ...task, answers: [exists, address] }),
  ),
  beingReported('refused', (system, stream) => {
    const refusal = { ...task, reason: 'NOT_COMPETENT', text: 'Thuộc thẩm quyền của Sở Nội vụ' };
    return send(system, stream, finance, 'RefuseVerification', refusal);
  }),
  beingReported('withdrawn', (system, stream) =>
    send(system, stream, verifier, 'WithdrawVerification', { note: 'Đã có giấy tờ' }),
  ),
];
