import type { AccountState } from '../schemas/account.ts';
import type { Actor } from '../schemas/actor.ts';
import type { RegistrationState } from '../schemas/registration.ts';
import { readCase } from '../store/readCase.ts';
import type { Entry } from './read-organisations.ts';
import { personIn, type Stage, trySay } from './stage.ts';

export const registrantOf = ({ registrantId, dossier }: Entry): Actor => ({
  id: registrantId,
  name: dossier.registrant.name,
  roles: ['REGISTRANT'],
});

/** Files the form where the registrant meant to; where the rules send the person elsewhere, goes there. */
export async function file(stage: Stage, entry: Entry): Promise<boolean> {
  const refusal = await fileAt(stage, entry, entry.channel, entry.reception);
  if (!refusal) return true;
  if (refusal.code === 'EID_ERR_STATE_SECRET_ONLINE' || refusal.code === 'EID_ERR_ARMED_FORCES_PC06') {
    const again = await fileAt(stage, entry, 'IN_PERSON_TK02', stage.units.pc06);
    if (again) throw again;
    return true;
  }
  if (refusal.code === 'EID_ERR_ORGANISATION_TAKEN') return false;
  throw refusal;
}

async function fileAt(stage: Stage, entry: Entry, channel: Entry['channel'], reception: string) {
  const { dossier, registrantId, stream } = entry;
  const actor =
    channel === 'IN_PERSON_TK02' ? personIn(stage, reception, 'RECEPTION_OFFICER') : registrantOf(entry);
  const jurisdiction = stage.units.jurisdiction(reception, dossier.organisation.address.commune);
  const data = { channel, registrantId, dossier, jurisdiction };
  return trySay(stage, stream, actor, { type: 'FileRequest', data, turn: channel });
}

/** Follows one request from its filing until it is decided or waits for a registrant who lets it be. */
export async function followRequest(stage: Stage, entry: Entry): Promise<string | undefined> {
  const { stream } = entry;
  for (let version = 0; !stage.signal.aborted; ) {
    await stage.news.until(stream, version);
    const row = await readCase(stage.pool, stream);
    if (!row) continue;
    version = row.version;
    const state = row.state as RegistrationState;
    if (row.closed) return state.account;
    if (await react(stage, entry, state)) return undefined;
  }
  return undefined;
}

/** True when the registrant leaves the request where it stands. */
async function react(stage: Stage, entry: Entry, state: RegistrationState): Promise<boolean> {
  const actor = registrantOf(entry);
  switch (state.status) {
    case 'AWAITING_CONSENT':
      await consent(stage, entry, state);
      return false;
    case 'DRAFT':
      return state.consents.some((c) => c.status === 'REFUSED' || c.status === 'WITHDRAWN');
    case 'RETURNED': {
      const { mended: dossier } = entry;
      if (!dossier || !state.jurisdiction) return true;
      const data = { dossier, jurisdiction: state.jurisdiction };
      await trySay(stage, entry.stream, actor, { type: 'ResubmitRequest', data });
      return false;
    }
    case 'PENDING_PROPOSAL':
      if (entry.path === 'withdrawn') {
        const data = { note: 'Chưa có nhu cầu' };
        await trySay(stage, entry.stream, actor, { type: 'WithdrawRequest', data });
      }
      return false;
    default:
      return false;
  }
}

/** The other legal representatives answer by name; the first of those who change their mind takes the agreement back. */
async function consent(stage: Stage, entry: Entry, state: RegistrationState): Promise<void> {
  for (const [i, { representative, name, status }] of state.consents.entries()) {
    const actor: Actor = { id: representative, name, roles: ['REPRESENTATIVE'] };
    const answer = (type: string) => trySay(stage, entry.stream, actor, { type, data: {} });
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
  for (let version = 0; !stage.signal.aborted; ) {
    await stage.news.until(account, version);
    const row = await readCase(stage.pool, account);
    if (!row) continue;
    version = row.version;
    const { status, period } = row.state as AccountState;
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
  stage.met.set(entry.stream, [...(stage.met.get(entry.stream) ?? []), refusal.code]);
  const clerk = personIn(stage, stage.units.c06, 'CALL_CENTRE');
  const data = { note: 'Chủ tài khoản gọi tổng đài, đã xác thực' };
  await trySay(stage, account, clerk, { type: 'ActivateThroughCallCentre', data });
}
