import type { Actor } from '../schemas/actor.ts';
import type { InboxItem } from '../schemas/inbox.ts';
import { answerForBody, heardBodies } from './bodies.ts';
import type { Saying } from './http/commands.ts';
import type { Entry } from './read-organisations.ts';
import { personIn, type Stage, say, trySay } from './stage.ts';

/** What a person does about a task in the inbox; `false` when that person lets it wait. */
export type Deed = (work: Work) => Promise<boolean>;
export type Work = {
  readonly stage: Stage;
  readonly item: InboxItem;
  readonly entry: Entry | undefined;
  /** The holder of the task, or whoever's turn it is. */
  readonly person: Actor;
};

const doIt = async ({ stage, item, person }: Work, type: string, data: object): Promise<true> => {
  const taskId = item.task.id;
  await say(stage, item.stream, person, { type, data: { taskId, ...data }, turn: taskId });
  return true;
};

/** Reception finds the dossier complete and valid, or learns from the rules why it is not and says so. */
const receive: Deed = async (work) => {
  const { stage, item, person } = work;
  const taskId = item.task.id;
  const accept: Saying = { type: 'AcceptDossier', data: { taskId }, turn: taskId };
  const refusal = await trySay(stage, item.stream, person, accept);
  if (!refusal) return true;
  if (refusal.code !== 'EID_ERR_DOSSIER_NOT_VALID') throw refusal;
  const { ineligible } = refusal.details as { ineligible?: string[] };
  return ineligible && ineligible.length > 0
    ? doIt(work, 'RefuseDossier', { reasons: ineligible })
    : doIt(work, 'ReturnDossier', { reasons: ['INCOMPLETE_DOSSIER'] });
};

const resolveSilence: Deed = (work) =>
  work.entry?.path === 'silent registry overridden'
    ? doIt(work, 'ResolveSilence', {
        action: 'GO_LOCAL',
        note: 'Cơ sở dữ liệu không phản hồi, xác minh tại địa phương',
      })
    : doIt(work, 'ResolveSilence', { action: 'RETRY', note: 'Hỏi lại cơ sở dữ liệu' });

const resolveMismatch: Deed = (work) => {
  const resolve = (action: string, note: string) =>
    doIt(work, 'ResolveMismatch', { action, note, reasons: [] });
  switch (work.entry?.path) {
    case 'mismatch mended':
      return resolve('RETURN', 'Đề nghị kiểm tra lại thông tin không khớp');
    case 'mismatch refused':
      return resolve('REFUSE', 'Người đại diện không đúng với dữ liệu đăng ký');
    case 'dissolved':
    case 'ceased':
      return resolve('REFUSE', 'Tổ chức đã giải thể hoặc ngừng hoạt động');
    case 'doubt taken as match':
      return resolve('TAKE_AS_MATCH', 'Khác biệt do cách viết, cùng một tổ chức');
    default:
      return resolve('GO_LOCAL', 'Cần xác minh tại địa phương');
  }
};

/** The other officer of the unit that a task is with. */
const other = ({ stage, item, person }: Work): Actor => {
  const unit = person.unit ?? '';
  const first = personIn(stage, unit, item.task.role, 0);
  return first.id === person.id ? personIn(stage, unit, item.task.role, 1) : first;
};

const findings = (work: Work) => {
  const fails = work.entry?.path === 'local fail';
  const data = fails
    ? { result: 'FAIL', findings: 'Không có trụ sở tại địa chỉ đã khai', reasons: ['ADDRESS_MISMATCH'] }
    : { result: 'PASS', findings: 'Có trụ sở và hoạt động tại địa chỉ đã khai', reasons: [] };
  return doIt(work, 'RecordFindings', data);
};

const verify: Deed = async (work) => {
  const { stage, item, entry, person } = work;
  const { task } = item;
  if (!task.holder) return doIt(work, 'ClaimTask', {});
  if (task.version < 3) {
    if (entry?.path === 'delegated') {
      return doIt(work, 'DelegateTask', { to: { id: other(work).id }, note: 'Đi công tác' });
    }
    if (entry?.path === 'reassigned') {
      const head = personIn(stage, person.unit ?? '', 'UNIT_HEAD');
      return doIt({ ...work, person: head }, 'ReassignTask', {
        to: { id: other(work).id },
        note: 'Phân công lại',
      });
    }
  }
  if (!(await heardBodies(stage, entry, item.stream, person, task.id))) return false;
  return findings(work);
};

const answerAsked: Deed = ({ stage, item, person }) =>
  answerForBody(stage, item.stream, person, item.task.id);

const chase: Deed = (work) => doIt(work, 'ChaseVerification', { note: 'Đề nghị trả lời' });

const confirm: Deed = (work) => {
  const first = work.item.task.id === 'confirm-1';
  return work.entry?.path === 'sent back by the head' && first
    ? doIt(work, 'ConfirmFindings', { confirmed: false, note: 'Chưa rõ căn cứ, xác minh lại' })
    : doIt(work, 'ConfirmFindings', { confirmed: true });
};

const propose: Deed = async (work) => {
  if (work.entry?.path === 'withdrawn') return false;
  if (work.entry?.path === 'limit passed, then decided' && work.item.caseStatus === 'PENDING_PROPOSAL') {
    if (!work.item.task.overdue) return false;
  }
  return doIt(work, 'ProposeIssuance', { list: 'Danh sách 01' });
};

const decide: Deed = (work) => {
  const first = work.item.task.id === 'decide-1';
  return work.entry?.path === 'sent back by the director' && first
    ? doIt(work, 'DecideRequest', {
        decision: 'SEND_BACK',
        reasons: ['ADDRESS_MISMATCH'],
        note: 'Xác minh lại địa chỉ trụ sở',
      })
    : doIt(work, 'DecideRequest', { decision: 'APPROVE', reasons: [] });
};

const deliver: Deed = (work) =>
  doIt(work, 'ResolveNotice', { action: 'HANDED_OVER', note: 'Đã thông báo trực tiếp tại trụ sở' });

/** The script of the offices: what is done about each kind of task that a demo meets. */
export const deeds: Readonly<Partial<Record<InboxItem['task']['kind'], Deed>>> = {
  RECEIVE: receive,
  RESOLVE_SILENCE: resolveSilence,
  RESOLVE_MISMATCH: resolveMismatch,
  VERIFY: verify,
  CONFIRM: confirm,
  PROPOSE: propose,
  DECIDE: decide,
  DELIVER_NOTICE: deliver,
  ANSWER_VERIFICATION: answerAsked,
  CHASE_VERIFICATION: chase,
};
