import { z } from 'zod';
import { type AccessTable, commandTypes } from '../../schemas/access.ts';
import { AccountCommand } from '../../schemas/account.ts';
import { CaseType } from '../../schemas/case.ts';
import {
  ColleagueId,
  Filing,
  LockOrderFiling,
  Supplement,
  VerificationAsking,
} from '../../schemas/http/command.ts';
import { LockOrderCommand } from '../../schemas/lock-order.ts';
import { RegistrationCommand } from '../../schemas/registration.ts';
import { VerificationCommand } from '../../schemas/verification.ts';

/** Where the cases of a type are found under `/v1`. */
export const collections: Readonly<Record<CaseType, string>> = {
  registration: 'registrations',
  account: 'accounts',
  'lock-order': 'lock-orders',
  verification: 'verifications',
};

/** The names of streams of a type, as they stand in an address. */
export const streamOf = (caseType: CaseType) =>
  z
    .string()
    .max(120)
    .regex(new RegExp(`^${caseType}-[A-Za-z0-9][A-Za-z0-9_-]*$`));

/** A command that people give over HTTP. */
export type ExposedCommand = {
  readonly caseType: CaseType;
  readonly type: string;
  /** Below the collection. */
  readonly path: string;
  /** Makes a new case, whose name follows from the key and the caller. */
  readonly opens: boolean;
  readonly body: z.ZodObject;
};

type Option = { readonly shape: { readonly type: { readonly value: string }; readonly data: z.ZodObject } };

const options: Readonly<Record<CaseType, readonly Option[]>> = {
  registration: RegistrationCommand.options,
  account: AccountCommand.options,
  'lock-order': LockOrderCommand.options,
  verification: VerificationCommand.options,
};

/** How a case is opened, and where. */
const openers: Readonly<Record<string, string>> = {
  FileRequest: '',
  DraftDossier: '/drafts',
  FileLockOrder: '',
  OpenVerification: '',
};

/** What callers say differs from what cases hear: the edge knows the units and the colleagues. */
const ownBodies: Readonly<Record<string, z.ZodObject>> = {
  FileRequest: Filing,
  DraftDossier: Filing,
  FileLockOrder: LockOrderFiling,
  OpenVerification: VerificationAsking,
  ReviseDraft: Supplement,
  ResubmitRequest: Supplement,
};

const kebab = (type: string): string => type.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase();

function bodyOf(caseType: CaseType, type: string): z.ZodObject {
  const own = ownBodies[type];
  if (own) return own;
  const data = options[caseType].find(({ shape }) => shape.type.value === type)?.shape.data;
  if (!data) throw new Error(`${caseType} has no command ${type}`);
  return 'to' in data.shape ? data.extend({ to: ColleagueId }) : data;
}

/** Every command that the table lets anybody but the system itself give, in a stable order. */
export function exposedCommands(table: AccessTable): readonly ExposedCommand[] {
  return CaseType.options.flatMap((caseType) => {
    const given = new Set(
      table.rows
        .filter((row) => row.case === caseType && row.who.some((role) => role !== 'SYSTEM'))
        .flatMap((row): readonly string[] => row.may),
    );
    return commandTypes[caseType]
      .filter((type) => given.has(type))
      .map((type) => {
        const opening = openers[type];
        return {
          caseType,
          type,
          opens: opening !== undefined,
          path: opening ?? `/:stream/${kebab(type)}`,
          body: bodyOf(caseType, type),
        };
      });
  });
}
