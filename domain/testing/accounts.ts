import type { AccountCommand } from '../../schemas/account.ts';
import type { CommandOf } from '../../schemas/case.ts';
import type { AccountOrder, GroundAuthority } from '../../schemas/lock.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { account } from '../account/index.ts';
import { askAccount } from './commands.ts';
import { people } from './people.ts';
import { specification } from './specification.ts';

export const ACCOUNT = 'account-10000000001';
/** Monday 10 March 2025, 09:00 in Viet Nam: the owner receives the notice of the result. */
export const RECEIVED = '2025-03-10T02:00:00.000Z';
/** The end of the seventh day after it. */
export const END_OF_7_DAYS = '2025-03-17T17:00:00.000Z';
export const OPENED = '2025-03-10T01:00:00.000Z';

type Opening = Extract<AccountCommand, { type: 'OpenAccount' }>['data'];

export const opening = (owner: Partial<Opening['owner']> = {}): Opening => ({
  number: '10000000001',
  identity: {
    identificationNumber: '10000000001',
    names: { vi: 'Công ty TNHH Sao Mai' },
    establishedOn: '2019-05-06',
    headOffice: 'Số 12 đường Nguyễn Văn Linh',
    taxCode: '0900000011',
    enterpriseCode: '0900000011',
    representative: { name: people.registrant.name, number: '033190000001', nationality: 'VN' },
  },
  request: 'registration-1',
  owner: { id: people.registrant.id, name: people.registrant.name, mobile: '0900000001', ...owner },
  organisationKeys: ['code:0900000011'],
});

type OrderPart<A extends AccountOrder['action']> = Partial<
  Omit<Extract<AccountOrder, { action: A }>, 'action' | 'document'>
>;
export const prosecution: GroundAuthority = { id: people.authority.id, name: people.authority.name };
export const taxOffice: GroundAuthority = { id: people.otherAuthority.id, name: people.otherAuthority.name };
const onDocument = (number: string) => ({ number, date: '2025-03-10' });

/** An order to lock on a document, by the prosecution when nobody else is named. */
export const lockOrder = (number: string, part: OrderPart<'LOCK'> = {}, round = 1) =>
  askAccount(people.system, 'ApplyOrder', {
    instruction: {
      action: 'LOCK',
      order: `lock-order-${number}`,
      code: 'PROCEEDING_AGENCY_REQUEST',
      authority: prosecution,
      document: onDocument(number),
      ...part,
    },
    round,
  });

/** An order to unlock, by the prosecution when nobody else is named. */
export const unlockOrder = (number: string, part: OrderPart<'UNLOCK'> = {}, round = 1) =>
  askAccount(people.system, 'ApplyOrder', {
    instruction: {
      action: 'UNLOCK',
      order: `lock-order-${number}`,
      authority: prosecution,
      document: onDocument(number),
      ...part,
    },
    round,
  });

/** What became of the first order of a notice, by the number of the order. */
export const outcomeOf = (notice: string, order: number, outcome: 'DELIVERED' | 'FAILED', at?: string) =>
  askAccount(people.system, 'RecordNoticeOutcome', {
    orderId: `${ACCOUNT}.${notice}.${order}`,
    outcome,
    ...(at === undefined ? {} : { at }),
  });

/** Given/when/then for an account under a policy, with the usual points of its way to start from. */
export function accounts(policy: CasePolicy) {
  const spec = specification(account(ACCOUNT, policy), OPENED);
  const open = (owner?: Partial<Opening['owner']>) =>
    askAccount(people.system, 'OpenAccount', opening(owner));
  const after = (...steps: { command: CommandOf<AccountCommand>; at?: string }[]) =>
    spec.given(spec.played(steps));
  const received = { command: outcomeOf('notice1', 1, 'DELIVERED', RECEIVED), at: RECEIVED };
  const overdue = { command: askAccount(people.system, 'MarkActivationOverdue'), at: END_OF_7_DAYS };
  const failed = [1, 2].map((order) => ({ command: outcomeOf('notice1', order, 'FAILED') }));
  return {
    ...spec,
    after,
    open,
    fresh: () => spec.given([]),
    opened: (owner?: Partial<Opening['owner']>) => after({ command: open(owner) }),
    received: () => after({ command: open() }, received),
    overdue: () => after({ command: open() }, received, overdue),
    active: () =>
      after({ command: open() }, received, { command: askAccount(people.registrant, 'ActivateAccount') }),
    /** Reached by VNeID and SMS alone, and neither took the notice. */
    undelivered: () => after({ command: open() }, ...failed),
  };
}
