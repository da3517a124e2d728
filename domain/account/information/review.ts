import type { CasePolicy } from '../../../schemas/policy.ts';
import type { TaskKind } from '../../../schemas/task.ts';
import { DomainError } from '../../error.ts';
import { completeTask } from '../../task/complete.ts';
import { openTask } from '../../task/find.ts';
import { openTaskEvent } from '../../task/open.ts';
import { c06Place } from '../../task/place.ts';
import { mustHaveRule, placeGround } from '../grounds.ts';
import type { CommandNamed, Decision } from '../state.ts';
import { changeHead } from './head.ts';

/** Gives C06 something to look at; the account works on meanwhile. */
function askC06(d: Decision, kind: TaskKind, about: string | undefined, policy: CasePolicy): void {
  const wanted = { kind, place: c06Place(policy), ...(about === undefined ? {} : { about }) };
  d.add(openTaskEvent(d.state.tasks, wanted, policy, d.now));
}

/** A new representative may mean a new owner: a person at C06 finds out, once for all changes until then. */
export function askForOwner(d: Decision, changeId: string, policy: CasePolicy): void {
  if (policy.representativeChange !== 'REVIEW' || openTask(d.state.tasks, 'REVIEW_OWNER')) return;
  askC06(d, 'REVIEW_OWNER', changeId, policy);
}

export function reviewOwner(d: Decision, { data }: CommandNamed<'ReviewOwner'>, policy: CasePolicy): void {
  const { taskId, owner, note } = data;
  d.add(...completeTask(d.state.tasks, taskId, 'REVIEW_OWNER', d.actor, policy).events);
  d.add({ type: 'OwnerReviewed', data: { note, ...(owner === undefined ? {} : { owner }) } });
}

/** Told again while a person has it in hand, a conflict is nothing new; told again after that, it is. */
export function noteConflict(
  d: Decision,
  { data }: CommandNamed<'NoteChangeConflict'>,
  policy: CasePolicy,
): void {
  const { change, key, heldBy } = data;
  if (openTask(d.state.tasks, 'REVIEW_CHANGE', change.id)) return;
  d.add({ type: 'ChangeConflictNoted', data: { ...changeHead(change), key, heldBy } });
  askC06(d, 'REVIEW_CHANGE', change.id, policy);
}

export function resolveConflict(
  d: Decision,
  { data }: CommandNamed<'ResolveChangeConflict'>,
  policy: CasePolicy,
): void {
  const { taskId, note } = data;
  const { task, events } = completeTask(d.state.tasks, taskId, 'REVIEW_CHANGE', d.actor, policy);
  d.add(...events);
  d.add({ type: 'ChangeConflictResolved', data: { changeId: task.about ?? '', note } });
}

/** The owner's own word that the organisation ended, where no registry could say so (procedure.md fact 51). */
export function declareEnd(d: Decision, { data }: CommandNamed<'DeclareEnd'>, policy: CasePolicy): void {
  const { owner, category, declaredEnd } = d.state;
  if (d.actor.id !== owner?.id) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'owner' });
  if (category === undefined || !policy.declaredEndCategories.includes(category))
    throw new DomainError('EID_ERR_FORBIDDEN', { category, needed: policy.declaredEndCategories });
  if (declaredEnd) throw new DomainError('EID_ERR_OUT_OF_PLACE', { declaredAt: declaredEnd.at });
  mustHaveRule(policy, data.code);
  d.add({ type: 'EndDeclared', data });
  askC06(d, 'REVIEW_END', undefined, policy);
}

export function resolveEnd(
  d: Decision,
  { data }: CommandNamed<'ResolveEndDeclaration'>,
  policy: CasePolicy,
): void {
  const { taskId, accepted, note } = data;
  d.add(...completeTask(d.state.tasks, taskId, 'REVIEW_END', d.actor, policy).events);
  const { declaredEnd, owner } = d.state;
  if (!declaredEnd || !owner) throw new DomainError('EID_ERR_OUT_OF_PLACE', { taskId });
  const { code } = declaredEnd;
  d.add({ type: 'EndDeclarationResolved', data: { code, accepted, note } });
  if (accepted) placeGround(d, policy, { code, authority: { id: owner.id, name: owner.name }, note });
}
