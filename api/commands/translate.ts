import { DomainError } from '../../domain/error.ts';
import { unitPlace } from '../../domain/units/path.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { Filing, LockOrderFiling, Supplement, VerificationAsking } from '../../schemas/http/command.ts';
import type { LockOrderCommand } from '../../schemas/lock-order.ts';
import type { RegistrationCommand, RegistrationState } from '../../schemas/registration.ts';
import type { VerificationCommand } from '../../schemas/verification.ts';
import type { Api, Colleagues } from '../context.ts';
import { jurisdictionOf } from './units.ts';

type Data<C extends { type: string; data: unknown }, T extends C['type']> = Extract<C, { type: T }>['data'];
type Edge = Pick<Api, 'units'> & { readonly colleagues: Pick<Colleagues, 'find'> };

/** The unit of an officer at the desk. @throws DomainError EID_ERR_FORBIDDEN for whoever sits at none */
function ownUnit({ unit }: Actor): string {
  if (unit === undefined) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'an officer of a unit' });
  return unit;
}

function filing(
  { units }: Edge,
  actor: Actor,
  { channel, registrantId, reception, dossier }: Filing,
): Data<RegistrationCommand, 'FileRequest'> {
  const atDesk = channel === 'IN_PERSON_TK02';
  if (atDesk && registrantId === undefined)
    throw new DomainError('EID_ERR_SHAPE', {
      fields: [{ field: 'body.registrantId', why: 'needed at the desk' }],
    });
  const unit = atDesk ? ownUnit(actor) : reception;
  return {
    channel,
    registrantId: atDesk && registrantId !== undefined ? registrantId : actor.id,
    dossier,
    jurisdiction: jurisdictionOf(units(), dossier.organisation.address.commune, unit),
  };
}

function supplement(
  { units }: Edge,
  { dossier }: Supplement,
  { jurisdiction }: RegistrationState,
): Data<RegistrationCommand, 'ResubmitRequest'> {
  const reception = jurisdiction?.reception.unit;
  return { dossier, jurisdiction: jurisdictionOf(units(), dossier.organisation.address.commune, reception) };
}

function lockOrder(
  { units }: Edge,
  actor: Actor,
  { channel, form }: LockOrderFiling,
): Data<LockOrderCommand, 'FileLockOrder'> {
  const { catalogue, on } = units();
  return {
    channel,
    form,
    reception: unitPlace(catalogue, ownUnit(actor), on),
    catalogueVersion: catalogue.version,
  };
}

/** A body is asked where there is one: the committee of a known commune, any other in a known province. */
function mustBeAPlace({ units }: Edge, { body, place }: Pick<VerificationAsking, 'body' | 'place'>): void {
  const { catalogue, on } = units();
  const known =
    body === 'COMMUNE_COMMITTEE'
      ? catalogue.communes.some(({ code }) => code === place)
      : catalogue.communes.some(({ province }) => province === place) ||
        catalogue.units.some(({ province }) => province === place);
  if (!known) throw new DomainError('EID_ERR_UNIT_UNKNOWN', { body, place, on, version: catalogue.version });
}

function verification(
  edge: Edge,
  actor: Actor,
  said: VerificationAsking,
): Data<VerificationCommand, 'OpenVerification'> {
  mustBeAPlace(edge, said);
  const { catalogue, on } = edge.units();
  const unit = ownUnit(actor);
  const askedBy = { id: actor.id, name: actor.name, unit };
  return { ...said, asker: unitPlace(catalogue, unit, on), askedBy };
}

/**
 * What a case hears for what a caller said; `said` has the shape of the command's body.
 * @throws DomainError EID_ERR_FORBIDDEN, EID_ERR_SHAPE, EID_ERR_UNIT_UNKNOWN, EID_ERR_COLLEAGUE_UNKNOWN
 */
export async function translate(
  edge: Edge,
  actor: Actor,
  type: string,
  said: Readonly<Record<string, unknown>>,
  state: unknown,
): Promise<unknown> {
  switch (type) {
    case 'FileRequest':
    case 'DraftDossier':
      return filing(edge, actor, said as Filing);
    case 'ReviseDraft':
    case 'ResubmitRequest':
      return supplement(edge, said as Supplement, state as RegistrationState);
    case 'FileLockOrder':
      return lockOrder(edge, actor, said as LockOrderFiling);
    case 'OpenVerification':
      return verification(edge, actor, said as VerificationAsking);
    case 'AskBody':
      mustBeAPlace(edge, said as Pick<VerificationAsking, 'body' | 'place'>);
      return said;
    case 'ReassignTask':
    case 'DelegateTask':
      return { ...said, to: await edge.colleagues.find((said as { to: { id: string } }).to.id) };
    default:
      return said;
  }
}
