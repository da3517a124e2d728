import type { BodyAnswer } from '../../../schemas/body.ts';
import type { VerificationEvent } from '../../../schemas/verification.ts';
import { type Both, en, listed, quoted, vi } from '../both.ts';
import { type Tellers, time } from '../teller.ts';
import { bodies, bodyOutcomes, bodyQuestions, bodyRefusals, bodyResults } from '../terms/registration.ts';
import { taskTellers } from './tasks.ts';

type Own = Exclude<VerificationEvent, { type: keyof typeof taskTellers }>;

const said = (answers: readonly BodyAnswer[]): Both =>
  listed(
    answers.map(({ question, result, note }) => ({
      vi: vi`${question}: ${bodyResults[result]}${note && vi` (“${note}”)`}`,
      en: en`${question}: ${bodyResults[result]}${note && en` (“${note}”)`}`,
    })),
    '; ',
  );

const own: Tellers<Own> = {
  VerificationOpened: ({ body, office, asker, subject, questions, reason, dueAt }) => {
    const about = listed(
      questions.map(({ id, kind }) => listed([id, bodyQuestions[kind]], ' – ')),
      '; ',
    );
    return {
      vi: vi`${asker.name} hỏi ${bodies[body]} (${office.name}) về ${subject.organisation}: ${about}; trả lời trước ${time(dueAt)}${quoted(reason)}`,
      en: en`${asker.name} asks ${bodies[body]} (${office.name}) about ${subject.organisation}: ${about}; to be answered before ${time(dueAt)}${quoted(reason)}`,
      parameter: 'limitVerification',
    };
  },
  VerificationPartAnswered: ({ answers }) => ({
    vi: vi`Trả lời một phần: ${said(answers)}`,
    en: en`Answered in part: ${said(answers)}`,
    parameter: 'limitVerification',
  }),
  VerificationAnswered: ({ answers, outcome }) => ({
    vi: vi`Trả lời xong, kết quả ${bodyOutcomes[outcome]}: ${said(answers)}`,
    en: en`Answered, the outcome is: ${bodyOutcomes[outcome]}; ${said(answers)}`,
    parameter: 'limitVerification',
  }),
  VerificationRefused: ({ reason, text }) => ({
    vi: vi`Cơ quan được hỏi từ chối trả lời: ${bodyRefusals[reason]}${quoted(text)}`,
    en: en`The body refuses to answer: ${bodyRefusals[reason]}${quoted(text)}`,
    parameter: 'limitVerification',
  }),
  VerificationWithdrawn: ({ note }) => ({
    vi: vi`Đơn vị hỏi rút câu hỏi${quoted(note)}`,
    en: en`The asking unit takes the question back${quoted(note)}`,
    parameter: 'limitVerification',
  }),
  BodyReminded: ({ number }) => ({
    vi: vi`Nhắc cơ quan được hỏi lần ${number}`,
    en: en`The body is reminded, no. ${number}`,
    parameter: 'verificationReminders',
  }),
  VerificationOverdue: ({ dueAt }) => ({
    vi: vi`Quá hạn trả lời từ ${time(dueAt)}; đến lượt đơn vị hỏi đôn đốc`,
    en: en`The answer is overdue since ${time(dueAt)}; it is the asking unit's turn`,
    parameter: 'limitVerification',
  }),
  VerificationChased: ({ dueAt, note }) => ({
    vi: vi`Đơn vị hỏi đã đôn đốc, gia hạn đến ${time(dueAt)}${quoted(note)}`,
    en: en`The asking unit chased the body and gives it until ${time(dueAt)}${quoted(note)}`,
    parameter: 'limitVerificationChased',
  }),
  OutcomeReported: () => ({
    vi: 'Đã báo kết quả cho hồ sơ yêu cầu',
    en: 'The asking case knows the outcome',
    parameter: 'limitVerification',
  }),
};

export const verificationTellers: Tellers<VerificationEvent> = { ...own, ...taskTellers };
