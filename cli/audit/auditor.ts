import os from 'node:os';
import { audits } from '../../domain/access/audits.ts';
import { DomainError } from '../../domain/error.ts';
import { loadAccessTable } from '../../policies/access/load.ts';
import type { AccessTable } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';

/** Who audits from the command line, and by which table of permissions. */
export type Auditor = { readonly actor: Actor; readonly table: AccessTable };

/** What the options of every part say of the auditor. */
export type AuditorOptions = { readonly as?: string };

/**
 * Whoever has the database is let in by the operator of the machine; what is recorded is the name that they give and the user of the operating
 * system that they are.
 *
 * @throws DomainError EID_ERR_USAGE when no name is given; EID_ERR_FORBIDDEN when the table lets no auditor read
 */
export function auditorOf({ as }: AuditorOptions): Auditor {
  const name = as
    ?.normalize('NFC')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, 200);
  if (!name)
    throw new DomainError('EID_ERR_USAGE', { reason: 'who audits? give --as NAME, or set ORGEID_AUDITOR' });
  const table = loadAccessTable();
  const actor: Actor = { id: `os:${os.userInfo().username}`.slice(0, 120), name, roles: ['AUDITOR'] };
  if (!audits(actor, table, 'READ')) throw new DomainError('EID_ERR_FORBIDDEN', { needed: 'an auditor' });
  return { actor, table };
}
