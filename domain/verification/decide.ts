import type { VerificationEvent, VerificationState } from '../../schemas/verification.ts';
import { deciding, mustBeSystem } from '../deciding.ts';
import { decideTask } from '../task/decide.ts';
import { answerAll, answerPart, refuse } from './answering.ts';
import { chase, openVerification, withdraw } from './asking.ts';
import { evolveVerification } from './evolve.ts';
import { type Command, type Decision, isEnded, type Rules, waitedFor } from './state.ts';
import { markOverdue, remind } from './time.ts';

/**
 * Decides a command on a verification between a police unit and another body under the pinned policy. Commands of the system
 * decide to nothing when out of place; others throw.
 * @throws DomainError with the code of the rule that refuses
 */
export function decideVerification(
  command: Command,
  state: VerificationState,
  now: number,
  rules: Rules,
): readonly VerificationEvent[] {
  const d: Decision = deciding(state, evolveVerification, command.actor, now);
  apply(d, command, rules);
  return d.events;
}

function apply(d: Decision, command: Command, rules: Rules): void {
  switch (command.type) {
    case 'OpenVerification':
      return openVerification(d, command, rules);
    case 'AnswerPart':
      return answerPart(d, command, rules);
    case 'AnswerVerification':
      return answerAll(d, command, rules);
    case 'RefuseVerification':
      return refuse(d, command, rules);
    case 'ChaseVerification':
      return chase(d, command, rules);
    case 'WithdrawVerification':
      return withdraw(d, command);
    case 'ClaimTask':
    case 'ReleaseTask':
    case 'ReassignTask':
    case 'DelegateTask':
    case 'EscalateTask':
      waitedFor(d.state);
      return d.add(...decideTask(command, d.state.tasks, rules, d.now));
    case 'MarkTaskOverdue':
    case 'EscalateDueTask':
      return d.add(...decideTask(command, d.state.tasks, rules, d.now));
    case 'RemindBody':
      mustBeSystem(command);
      return remind(d, command);
    case 'MarkVerificationOverdue':
      mustBeSystem(command);
      return markOverdue(d, command, rules);
    case 'RecordReported':
      mustBeSystem(command);
      if (isEnded(d.state) && d.state.asked?.request !== undefined && !d.state.reported)
        d.add({ type: 'OutcomeReported', data: {} });
  }
}
