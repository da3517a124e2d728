import type { CaseView, Wait } from '../../schemas/case.ts';
import type { VerificationState } from '../../schemas/verification.ts';
import { isOpen } from '../task/find.ts';
import { taskWaits } from '../task/view.ts';
import { isEnded } from './state.ts';

const mustReport = ({ asked, reported }: VerificationState): boolean =>
  asked?.request !== undefined && !reported;

export const isVerificationClosed = (state: VerificationState): boolean =>
  isEnded(state) && !mustReport(state);

/** What an inbox, a list or a person at the desk sees of a verification. */
export function viewVerification(state: VerificationState): CaseView {
  const closed = isVerificationClosed(state);
  const { asked, dueAt, status } = state;
  return {
    status,
    title: asked ? `${asked.subject.organisation}: ${asked.office.name}` : '',
    ...(asked === undefined ? {} : { unit: asked.asker.unit }),
    closed,
    overdue: status === 'OVERDUE' || state.tasks.some((task) => isOpen(task) && task.overdue),
    ...(dueAt === undefined ? {} : { dueAt }),
    waits: closed ? [] : [...ownWaits(state), ...taskWaits(state.tasks)],
    tasks: state.tasks,
    claims: [],
  };
}

function ownWaits(state: VerificationState): Wait[] {
  if (!isEnded(state)) return [];
  return [{ kind: 'SYSTEM', owner: 'Org eID', what: 'REPORT_OUTCOME', since: state.since ?? '' }];
}
