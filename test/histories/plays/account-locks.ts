import { systemActor } from '../../../domain/deciding.ts';
import { commandFault } from '../../../registries/mock/control.ts';
import { openAccount } from '../../support/accounts.ts';
import { send } from '../../support/play.ts';
import { c06Officer, changeOf, registrant } from '../../support/requests.ts';
import { type Play, untilStands } from '../stage.ts';

const note = { note: 'thử nghiệm' };

const byOwner: Play = async ({ system, known, keep }) => {
  const n = known();
  const account = await openAccount(system, n);
  await untilStands(system, account, 'deadline MarkActivationOverdue');
  await send(system, account, registrant(n), 'ActivateAccount', {});
  await commandFault(system.nc, 'VNEID', { fault: 'SILENT', key: registrant(n).id });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await send(system, account, registrant(n), 'LockOwnAccount', { until });
  const locked = ['LOCKED', 'PERSON LIFT_GROUND', 'CHANNEL ACCOUNT_LOCKED', 'deadline EndTerm'];
  await keep('account-locked-by-owner', account, ...locked, 'ground OWNER_REQUEST');
  await send(system, account, registrant(n), 'UnlockOwnAccount', {});
  await keep('account-unlocked-notice-under-way', account, 'ACTIVE', 'CHANNEL ACCOUNT_UNLOCKED');
};

const forTerms: Play = async ({ system, known, keep }) => {
  const n = known();
  const account = await openAccount(system, n);
  await send(system, account, c06Officer(1), 'LockForTermsViolation', note);
  await keep('account-locked-for-terms-violation', account, 'LOCKED', 'ground TERMS_VIOLATION');
  await send(system, account, c06Officer(1), 'LiftTermsViolation', note);
  await keep('account-unlocked-with-its-period', account, 'ISSUED', 'deadline MarkActivationOverdue');
};

const byAuthority: Play = async ({ system, known, keep }) => {
  const n = known();
  const account = await openAccount(system, n);
  const instruction = {
    ...{ action: 'LOCK', order: 'lock-order-elsewhere', code: 'COMPETENT_AUTHORITY_REQUEST' },
    authority: { id: 'authority', name: 'Cơ quan thử nghiệm' },
    document: { number: '1/QĐ', date: '2025-02-28' },
  };
  await send(system, account, systemActor, 'ApplyOrder', { instruction, round: 1 });
  const points = ['LOCKED', 'ground COMPETENT_AUTHORITY_REQUEST'];
  await keep('account-locked-by-competent-authority', account, ...points);
};

const byRegistry: Play = async ({ system, known, keep }) => {
  const n = known();
  const account = await openAccount(system, n);
  const ceased = changeOf(n, `ceased-${n}`, { status: 'CEASED' });
  await send(system, account, systemActor, 'TakeRegistryChange', { change: ceased });
  const points = ['LOCKED', 'REGISTRY LIFT_GROUND', 'ground OPERATION_CEASED'];
  await keep('account-locked-by-registry', account, ...points);
  await commandFault(system.nc, 'VNEID', { fault: 'SILENT', key: registrant(n).id });
  const changedAt = '2026-02-01T00:00:00.000Z';
  const dissolved = changeOf(n, `dissolved-${n}`, { status: 'DISSOLVED', changedAt });
  await send(system, account, systemActor, 'TakeRegistryChange', { change: dissolved }, 2);
  await keep('account-dissolved-notice-under-way', account, 'LOCKED', 'ground DISSOLVED');
};

const dissolved: Play = async ({ system, known, keep }) => {
  const n = known();
  const account = await openAccount(system, n);
  const change = changeOf(n, `dissolved-${n}`, { status: 'DISSOLVED' });
  await send(system, account, systemActor, 'TakeRegistryChange', { change });
  await system.watch.until(account, ({ closed }) => closed);
  await keep('account-dissolved', account);
};

const bank = { relyingServices: [{ id: 'BANK', name: 'BANK' }] };

/** A service that must obey says nothing, in its time and after it. */
const obeyed: Play = async ({ under, known, keep }) => {
  const [n, m] = [known(), known()];
  const patient = await under({ ...bank, acknowledgeWithinMs: 3_600_000 });
  const asked = await openAccount(patient, n);
  await send(patient, asked, registrant(n), 'LockOwnAccount', {});
  const points = ['SERVICE ACKNOWLEDGE_LOCK', 'deadline MarkAcknowledgementOverdue'];
  await keep('account-locked-services-asked', asked, ...points);
  const hasty = await under({ ...bank, acknowledgeWithinMs: 500 });
  const chased = await openAccount(hasty, m);
  await send(hasty, chased, registrant(m), 'LockOwnAccount', {});
  await keep('account-locked-service-to-chase', chased, 'LOCKED', 'TASK CHASE_SERVICE');
};

export const accountLockPlays: readonly Play[] = [
  byOwner,
  forTerms,
  byAuthority,
  byRegistry,
  dissolved,
  obeyed,
];
