import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { type CaseType, caseTypeOf } from '../../schemas/case.ts';
import {
  type AccountDetail,
  caseDetails,
  type LockOrderDetail,
  type RegistrationDetail,
  type VerificationDetail,
} from '../../schemas/http/case.ts';
import { CommandResult } from '../../schemas/http/command.ts';
import type { Http } from './client.ts';

const collections: Readonly<Record<CaseType, string>> = {
  registration: 'registrations',
  account: 'accounts',
  'lock-order': 'lock-orders',
  verification: 'verifications',
};

/** What opens a case, and of which type: the server names the case. */
const openers = { FileRequest: 'registration', FileLockOrder: 'lock-order' } as const satisfies Record<
  string,
  CaseType
>;
export type Opener = keyof typeof openers;

export type Saying = { readonly type: string; readonly data: unknown; readonly turn?: string | number };

const kebab = (type: string): string => type.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();

/** Where a case is found. @throws when the name is of no type */
export function caseAt(stream: string): string {
  const caseType = caseTypeOf(stream);
  if (!caseType) throw new Error(`"${stream}" is not the name of a case`);
  return `/${collections[caseType]}/${stream}`;
}

/** The idempotency key of what somebody says once: the same however often it is sent. */
export const keyOf = (...said: readonly (string | number)[]): string =>
  createHash('sha256').update(said.join('\n')).digest('base64url');

/** Gives somebody's command to a case; `turn` tells those of one type apart. @throws DomainError with the code of whatever refuses */
export const command = (
  http: Http,
  person: string,
  stream: string,
  { type, data, turn = 1 }: Saying,
): Promise<CommandResult> => {
  const key = keyOf(person, stream, type, turn);
  return http.post(person, `${caseAt(stream)}/${kebab(type)}`, data, key, CommandResult);
};

/** Opens a case; its name is in the answer. `about` tells those that somebody opens apart. @throws DomainError as `command` */
export const open = (
  http: Http,
  person: string,
  type: Opener,
  data: unknown,
  about: string,
): Promise<CommandResult> => {
  const key = keyOf(person, type, about);
  return http.post(person, `/${collections[openers[type]]}`, data, key, CommandResult);
};

type Details = {
  readonly registration: RegistrationDetail;
  readonly account: AccountDetail;
  readonly 'lock-order': LockOrderDetail;
  readonly verification: VerificationDetail;
};
const shapes: { readonly [T in CaseType]: z.ZodType<Details[T]> } = caseDetails;

/** What somebody may see of a case's state. */
export type CaseState<T extends CaseType> = Details[T]['state'];

/** A case as somebody may see it. @throws DomainError EID_ERR_CASE_UNKNOWN when it is not there for them */
export const readCase = <T extends CaseType>(
  http: Http,
  person: string,
  caseType: T,
  stream: string,
): Promise<Details[T]> => http.get(person, `/${collections[caseType]}/${stream}`, shapes[caseType]);
