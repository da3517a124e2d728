import { reachOf } from '../../domain/access/reach.ts';
import { shownTo } from '../../domain/access/shown-to.ts';
import { DomainError } from '../../domain/error.ts';
import type { Actor } from '../../schemas/actor.ts';
import type {
  ProposalItem,
  ProposalListPage,
  ProposalListsParameters,
  ProposalPage,
  ProposalsParameters,
} from '../../schemas/http/proposals.ts';
import type { RegistrationState } from '../../schemas/registration.ts';
import { type ProposedRequest, proposedOn, waitingLists } from '../../store/proposals.ts';
import type { Api } from '../context.ts';

type Reading = Pick<Api, 'pool' | 'access'>;

/** Lists are of requests of everywhere: they are for whoever by the table is shown every request. */
function mustSeeAll({ access }: Pick<Api, 'access'>, actor: Actor): void {
  if (reachOf(actor, 'registration', access) !== 'ALL')
    throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'an officer of C06 or an auditor' });
}

/** @throws DomainError EID_ERR_FORBIDDEN; EID_ERR_SHAPE for a cursor of another question */
export async function proposalLists(
  api: Reading,
  actor: Actor,
  query: ProposalListsParameters,
): Promise<ProposalListPage> {
  mustSeeAll(api, actor);
  const { items, next } = await waitingLists(api.pool, query);
  return { items: [...items], ...(next === undefined ? {} : { next }) };
}

/**
 * What waits on a list; nothing on one that nobody proposed on, or that is decided.
 * @throws DomainError EID_ERR_FORBIDDEN; EID_ERR_SHAPE for a cursor of another question
 */
export async function proposalsOn(
  api: Reading,
  actor: Actor,
  list: string,
  query: ProposalsParameters,
): Promise<ProposalPage> {
  mustSeeAll(api, actor);
  const { items, next } = await proposedOn(api.pool, list, query);
  return { items: items.map((one) => itemFor(api, actor, one)), ...(next === undefined ? {} : { next }) };
}

function itemFor({ access }: Reading, actor: Actor, row: ProposedRequest): ProposalItem {
  // The log holds under each stream only what its type's own `decide` made, and only requests have such tasks.
  const { state } = shownTo(actor, 'registration', row.state as RegistrationState, access);
  const { stream, version, status, title, task } = row;
  const { channel, firstAcceptedAt, route, jurisdiction, findings, overdue } = state;
  return {
    stream,
    version,
    status,
    title,
    task,
    organisation: organisationOf(state),
    ...(channel === undefined ? {} : { channel }),
    ...(firstAcceptedAt === undefined ? {} : { acceptedAt: firstAcceptedAt }),
    overdue,
    ...(route === undefined ? {} : { route }),
    ...(jurisdiction ? { verificationUnit: jurisdiction.verification.unit } : {}),
    checks: state.checks.map(({ registry, status: how, outcome }) => ({
      registry,
      status: how,
      ...(outcome === undefined ? {} : { outcome }),
    })),
    ...(findings ? { findings } : {}),
    consents: state.consents.map(({ name, status: said }) => ({ name, status: said })),
  };
}

function organisationOf({ dossier }: RegistrationState): ProposalItem['organisation'] {
  if (!dossier) return {};
  const { code, taxCode, address, establishedOn, representative } = dossier.organisation;
  return {
    ...(code === undefined ? {} : { code }),
    ...(taxCode === undefined ? {} : { taxCode }),
    headOffice: address.text,
    ...(establishedOn === undefined ? {} : { establishedOn }),
    ...(representative ? { representative: representative.name } : {}),
  };
}
