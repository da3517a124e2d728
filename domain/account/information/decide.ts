import type { RegistryChange } from '../../../schemas/change.ts';
import type { CasePolicy } from '../../../schemas/policy.ts';
import { isDissolved } from '../dissolved.ts';
import type { CommandNamed, Decision } from '../state.ts';
import { askForOwner, declareEnd, noteConflict, resolveConflict, resolveEnd, reviewOwner } from './review.ts';
import { takeMerger, takeStatus } from './status.ts';
import { takeValues } from './values.ts';

export type InformationCommand = CommandNamed<
  | 'TakeRegistryChange'
  | 'NoteChangeConflict'
  | 'ResolveChangeConflict'
  | 'ReviewOwner'
  | 'DeclareEnd'
  | 'ResolveEndDeclaration'
>;

/**
 * Decides a command on the information of an account that is there and whose organisation has not ended (Art 8).
 * @throws DomainError EID_ERR_FORBIDDEN, _GROUND_DISABLED, _OUT_OF_PLACE, and as completeTask
 */
export function decideInformation(d: Decision, command: InformationCommand, policy: CasePolicy): void {
  switch (command.type) {
    case 'TakeRegistryChange':
      return takeChange(d, command.data.change, policy);
    case 'NoteChangeConflict':
      return noteConflict(d, command, policy);
    case 'ResolveChangeConflict':
      return resolveConflict(d, command, policy);
    case 'ReviewOwner':
      return reviewOwner(d, command, policy);
    case 'DeclareEnd':
      return declareEnd(d, command, policy);
    case 'ResolveEndDeclaration':
      return resolveEnd(d, command, policy);
  }
}

/** Values first: a change that ends the organisation still says what it was last. */
function takeChange(d: Decision, change: RegistryChange, policy: CasePolicy): void {
  const keysBefore = d.state.organisationKeys;
  const current = takeValues(d, change, policy);
  takeStatus(d, change, policy);
  takeMerger(d, change, policy, keysBefore);
  const representative = current.includes('representative_name') || current.includes('representative_id');
  if (representative && !isDissolved(d.state)) askForOwner(d, change.id, policy);
}
