import { commandFault } from '../../../registries/mock/control.ts';
import { accountOf, openAccount } from '../../support/accounts.ts';
import { send } from '../../support/play.ts';
import { officers, registrant } from '../../support/requests.ts';
import { type Play, untilStands } from '../stage.ts';

const ms = (amount: number) => ({ amount, unit: 'milliseconds' as const });

const noticeUnderWay: Play = async ({ system, known, keep }) => {
  const n = known();
  await commandFault(system.nc, 'VNEID', { fault: 'SILENT', key: registrant(n).id });
  const account = await openAccount(system, n);
  await keep('account-opened-notice-under-way', account, 'ISSUED', 'CHANNEL ACCOUNT_ISSUED');
};

const undeliverable: Play = async ({ system, known, keep }) => {
  const n = known();
  await commandFault(system.nc, 'VNEID', { fault: 'WRONG', key: registrant(n).id });
  const account = await openAccount(system, n);
  await keep('account-notice-undeliverable', account, 'ISSUED', 'TASK DELIVER_NOTICE');
  const action = { taskId: 'deliver-notice-1', action: 'HANDED_OVER', note: 'Đã trao tận tay' };
  await send(system, account, officers.callCentre, 'ResolveNotice', action);
  await keep('account-notice-handed-over', account, 'deadline MarkActivationOverdue');
};

const activated: Play = async ({ under, known, keep }) => {
  const n = known();
  const system = await under({ activationReminders: [ms(1_800_000)] });
  const account = await openAccount(system, n);
  await keep('account-waiting-for-activation', account, 'PERSON ACTIVATE', 'deadline SendReminder');
  await send(system, account, registrant(n), 'ActivateAccount', {});
  await keep('account-active', account, 'ACTIVE', 'PERSON USE');
};

const reminded: Play = async ({ under, known, keep }) => {
  const n = known();
  const system = await under({ limitActivation: ms(3_600_000), activationReminders: [ms(1_500)] });
  const account = await openAccount(system, n);
  await untilStands(system, account, 'deadline SendReminder');
  await commandFault(system.nc, 'VNEID', { fault: 'SILENT', key: registrant(n).id });
  const points = ['CHANNEL ACTIVATION_REMINDER', 'deadline MarkActivationOverdue'];
  await keep('account-reminded-notice-under-way', account, ...points);
};

const overdue: Play = async ({ under, known, keep }) => {
  const n = known();
  const system = await under({ limitActivation: ms(2_500), activationReminders: [] });
  const account = await openAccount(system, n);
  await untilStands(system, account, 'deadline MarkActivationOverdue');
  await commandFault(system.nc, 'VNEID', { fault: 'SILENT', key: registrant(n).id });
  const points = ['PERSON ACTIVATE_THROUGH_CALL_CENTRE', 'CHANNEL ACTIVATION_OVERDUE'];
  await keep('account-activation-overdue', accountOf(n), 'ACTIVATION_OVERDUE', ...points);
  await send(system, account, officers.callCentre, 'ActivateThroughCallCentre', {});
  await keep('account-activated-by-call-centre', account, 'ACTIVE');
};

export const accountActivationPlays: readonly Play[] = [
  noticeUnderWay,
  undeliverable,
  activated,
  reminded,
  overdue,
];
