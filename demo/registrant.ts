import { DomainError } from '../domain/error.ts';
import type { Actor } from '../schemas/actor.ts';
import type { RegistrationState } from '../schemas/registration.ts';
import { readCase } from './http/commands.ts';
import type { Entry } from './read-organisations.ts';
import { openCase, orRefusal, personIn, type Stage, trySay } from './stage.ts';

export const registrantOf = ({ registrantId, dossier }: Entry): Actor => ({
  id: registrantId,
  name: dossier.registrant.name,
  roles: ['REGISTRANT'],
});

/**
 * Files the form where the registrant meant to; where the rules send the person elsewhere, goes there.
 * @returns the request; undefined when the organisation has one already
 */
export async function file(stage: Stage, entry: Entry): Promise<string | undefined> {
  const first = await orRefusal(fileAt(stage, entry, entry.channel, entry.reception));
  if (!(first instanceof DomainError)) return first;
  if (first.code === 'EID_ERR_STATE_SECRET_ONLINE' || first.code === 'EID_ERR_ARMED_FORCES_PC06')
    return fileAt(stage, entry, 'IN_PERSON_TK02', stage.units.pc06);
  if (first.code === 'EID_ERR_ORGANISATION_TAKEN') return undefined;
  throw first;
}

async function fileAt(
  stage: Stage,
  entry: Entry,
  channel: Entry['channel'],
  reception: string,
): Promise<string> {
  const { id, dossier, registrantId } = entry;
  const atDesk = channel === 'IN_PERSON_TK02';
  const actor = atDesk ? personIn(stage, reception, 'RECEPTION_OFFICER') : registrantOf(entry);
  const data = { channel, dossier, ...(atDesk ? { registrantId } : { reception }) };
  const stream = await openCase(stage, actor, { type: 'FileRequest', data, about: id });
  stage.ledger.filed(entry, stream);
  return stream;
}

/** Follows one request from its filing until it is decided or waits for a registrant who lets it be. */
export async function followRequest(stage: Stage, entry: Entry, stream: string): Promise<string | undefined> {
  for (let seen = 0; !stage.signal.aborted; ) {
    await stage.news.until(stream, seen);
    const request = await readCase(stage.http, entry.registrantId, 'registration', stream);
    seen = request.version;
    if (request.closed) return request.state.account;
    if (await react(stage, entry, stream, request.state)) return undefined;
  }
  return undefined;
}

/** True when the registrant leaves the request where it stands. */
async function react(stage: Stage, entry: Entry, stream: string, state: RegistrationState): Promise<boolean> {
  const actor = registrantOf(entry);
  switch (state.status) {
    case 'AWAITING_CONSENT':
      await consent(stage, entry, stream, state);
      return false;
    case 'DRAFT':
      return state.consents.some((c) => c.status === 'REFUSED' || c.status === 'WITHDRAWN');
    case 'RETURNED': {
      const { mended: dossier } = entry;
      if (!dossier) return true;
      await trySay(stage, stream, actor, { type: 'ResubmitRequest', data: { dossier } });
      return false;
    }
    case 'PENDING_PROPOSAL':
      if (entry.path === 'withdrawn') {
        const data = { note: 'Chưa có nhu cầu' };
        await trySay(stage, stream, actor, { type: 'WithdrawRequest', data });
      }
      return false;
    default:
      return false;
  }
}

/** The other legal representatives answer by name; the first of those who change their mind takes the agreement back. */
async function consent(stage: Stage, entry: Entry, stream: string, state: RegistrationState): Promise<void> {
  for (const [i, { representative: id, status }] of state.consents.entries()) {
    const answer = (type: string) => trySay(stage, stream, { id }, { type, data: {} });
    if (entry.path === 'consent withdrawn') {
      if (i > 0) return;
      if (status === 'ASKED') await answer('GiveConsent');
      if (status === 'GIVEN') await answer('WithdrawConsent');
    } else if (status === 'ASKED') {
      await answer(entry.path === 'consent refused' ? 'RefuseConsent' : 'GiveConsent');
    }
  }
}

/** Follows the account until it is active, or overdue and left so. The notice tells the owner when to activate. */
export async function followAccount(stage: Stage, entry: Entry, account: string): Promise<void> {
  const owner = registrantOf(entry);
  const patient = entry.path.startsWith('activation overdue');
  for (let seen = 0; !stage.signal.aborted; ) {
    await stage.news.until(account, seen);
    const { version, state } = await readCase(stage.http, owner.id, 'account', account);
    seen = version;
    const { status, period } = state;
    if (status === 'ACTIVE') return;
    if (status === 'ISSUED' && period && !patient) {
      await trySay(stage, account, owner, { type: 'ActivateAccount', data: {} });
    }
    if (status === 'ACTIVATION_OVERDUE') {
      if (entry.path === 'activation overdue') return;
      await callTheCentre(stage, entry, account, owner);
    }
  }
}

async function callTheCentre(stage: Stage, entry: Entry, account: string, owner: Actor): Promise<void> {
  const refusal = await trySay(stage, account, owner, { type: 'ActivateAccount', data: {}, turn: 'late' });
  if (!refusal) return;
  stage.ledger.met(entry.id, refusal.code);
  const clerk = personIn(stage, stage.units.c06, 'CALL_CENTRE');
  const data = { note: 'Chủ tài khoản gọi tổng đài, đã xác thực' };
  await trySay(stage, account, clerk, { type: 'ActivateThroughCallCentre', data });
}
