import type { GroundAuthority, GroundParty, LockGroundCode } from '../../schemas/lock.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { DomainError } from '../error.ts';
import { c06Place } from '../task/place.ts';
import { toMs } from '../time.ts';
import { heldGround, liftable, liftGrounds, mustHaveRule, placeGround } from './grounds.ts';
import type { CommandNamed, Decision } from './state.ts';

type Party = Extract<GroundParty, 'OWNER' | 'C06'>;

/** Who speaks for a party, as a ground names it. @throws DomainError EID_ERR_FORBIDDEN when the actor does not */
function mustSpeakFor(party: Party, { actor, state }: Decision, policy: CasePolicy): GroundAuthority {
  switch (party) {
    case 'OWNER': {
      const { owner } = state;
      if (owner?.id !== actor.id) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'owner' });
      return { id: owner.id, name: owner.name };
    }
    case 'C06': {
      const { unit, name } = c06Place(policy);
      const ofC06 = actor.roles.includes('C06_OFFICER') || actor.roles.includes('C06_DIRECTOR');
      if (!ofC06 || actor.unit !== unit) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'C06' });
      return { id: unit, name };
    }
  }
}

function place(
  d: Decision,
  policy: CasePolicy,
  party: Party,
  code: LockGroundCode,
  { until, note }: { readonly until?: string | undefined; readonly note?: string | undefined },
): void {
  const authority = mustSpeakFor(party, d, policy);
  if (until !== undefined && toMs(until) <= d.now) {
    throw new DomainError('EID_ERR_SHAPE', { fields: [{ field: 'until', why: 'in the past' }] });
  }
  const { placedBy } = mustHaveRule(policy, code);
  if (placedBy !== party) throw new DomainError('EID_ERR_FORBIDDEN', { needed: placedBy, code });
  const held = heldGround(d.state, { code, authority });
  // Taking it for done would lose the new note and the new term without a word.
  if (held) throw new DomainError('EID_ERR_OUT_OF_PLACE', { why: 'already held', groundId: held.id });
  placeGround(d, policy, {
    code,
    authority,
    ...(until === undefined ? {} : { until }),
    ...(note === undefined ? {} : { note }),
  });
}

/** The owner locks the own account. @throws DomainError EID_ERR_FORBIDDEN, _SHAPE, _GROUND_DISABLED, _OUT_OF_PLACE */
export const lockOwnAccount = (
  d: Decision,
  { data }: CommandNamed<'LockOwnAccount'>,
  policy: CasePolicy,
): void => place(d, policy, 'OWNER', 'OWNER_REQUEST', data);

/** C06 finds a violation of the terms of use. @throws DomainError as lockOwnAccount */
export const lockForTermsViolation = (
  d: Decision,
  { data }: CommandNamed<'LockForTermsViolation'>,
  policy: CasePolicy,
): void => place(d, policy, 'C06', 'TERMS_VIOLATION', data);

function lift(
  d: Decision,
  policy: CasePolicy,
  party: Party,
  codes: (code: LockGroundCode) => boolean,
  note: string | undefined,
): void {
  mustSpeakFor(party, d, policy);
  const why = { why: party, ...(note === undefined ? {} : { note }) };
  if (liftable(d.state, ({ code }) => codes(code), why).length === 0) {
    const held = d.state.grounds.map(({ code, liftedBy }) => ({ code, liftedBy }));
    throw new DomainError('EID_ERR_GROUND_NOT_HELD', { held });
  }
  liftGrounds(d, policy, ({ code }) => codes(code), why);
}

/** The owner lifts every ground that is the owner's to lift. @throws DomainError EID_ERR_FORBIDDEN, _GROUND_NOT_HELD */
export const unlockOwnAccount = (
  d: Decision,
  { data }: CommandNamed<'UnlockOwnAccount'>,
  policy: CasePolicy,
): void => lift(d, policy, 'OWNER', () => true, data.note);

/** C06 finds that a violation was put right. @throws DomainError as unlockOwnAccount */
export const liftTermsViolation = (
  d: Decision,
  { data }: CommandNamed<'LiftTermsViolation'>,
  policy: CasePolicy,
): void => lift(d, policy, 'C06', (code) => code === 'TERMS_VIOLATION', data.note);

/** A term that has ended lifts its own ground. */
export function endTerm(d: Decision, { data }: CommandNamed<'EndTerm'>, policy: CasePolicy): void {
  const ended = ({ id, until }: { readonly id: string; readonly until?: string | undefined }): boolean =>
    id === data.groundId && until !== undefined && d.now >= toMs(until);
  liftGrounds(d, policy, ended, { why: 'TERM_ENDED' });
}
