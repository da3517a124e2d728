import type { Pool } from 'pg';
import { DomainError } from '../../domain/error.ts';
import { pathOf } from '../../domain/units/path.ts';
import {
  findOfficer,
  forgetOfficer,
  officersOf,
  putOfficers,
  rememberOfficer,
} from '../../store/officers.ts';
import type { Api, Colleagues } from '../context.ts';
import { readPeople } from './file.ts';
import { createRemembering, REMEMBERED_MS } from './remember.ts';

/**
 * The people whom work can be handed to: those of a file, and whoever of an office has signed in. What one of them may do with it, the case
 * asks again when the command comes.
 * @throws DomainError EID_ERR_FILE
 */
export async function openDirectory(
  file: string | undefined,
  { pool, units, now, log }: Pick<Api, 'units' | 'now' | 'log'> & { readonly pool: Pool },
): Promise<Colleagues> {
  if (file !== undefined) await putOfficers(pool, readPeople(file));
  const register = {
    remember: (officer: Parameters<typeof rememberOfficer>[1]) =>
      rememberOfficer(pool, officer, REMEMBERED_MS),
    forget: (id: string) => forgetOfficer(pool, id),
  };
  return {
    async find(id) {
      const officer = await findOfficer(pool, id);
      if (!officer) throw new DomainError('EID_ERR_COLLEAGUE_UNKNOWN', { id });
      const { catalogue, on } = units();
      return { ...officer, roles: [...officer.roles], unitPath: pathOf(catalogue, officer.unit, on) };
    },
    list: (query) => officersOf(pool, query),
    met: createRemembering(register, {
      now,
      onTrouble: (err) => log.warn({ err }, 'a colleague was not written down'),
    }),
  };
}
