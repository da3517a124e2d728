import type { CaseType } from '../../schemas/case.ts';
import { accountTellers } from './sentences/account.ts';
import { lockOrderTellers } from './sentences/lock-order.ts';
import { registrationTellers } from './sentences/registration.ts';
import { verificationTellers } from './sentences/verification.ts';
import type { Telling, Told } from './teller.ts';

type Teller = (data: unknown, telling: Telling) => Told;

const tellers: Readonly<Record<CaseType, object>> = {
  registration: registrationTellers,
  account: accountTellers,
  'lock-order': lockOrderTellers,
  verification: verificationTellers,
};

const capital = (text: string): string => {
  const [first = '', ...rest] = [...text.trim()];
  return `${first.toLocaleUpperCase('vi')}${rest.join('')}`;
};

/** What an event says, without a full stop. A type that is not known here (the log of a later release) is named as it is and rests on nothing. */
export function sentenceOf(
  caseType: CaseType,
  { type, data }: { readonly type: string; readonly data: unknown },
  telling: Telling,
): Told {
  const known = tellers[caseType] as Readonly<Record<string, Teller>>;
  const teller = Object.hasOwn(known, type) ? known[type] : undefined;
  const told = teller?.(data, telling);
  if (!told) return { vi: type, en: type, parameter: 'tasks' };
  return { ...told, vi: capital(told.vi), en: capital(told.en) };
}
