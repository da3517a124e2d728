import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DomainError } from '../domain/error.ts';
import { pathOf } from '../domain/units/path.ts';
import { UnitCode } from '../schemas/codes.ts';
import { Role } from '../schemas/enums.ts';
import type { Api, Colleagues } from './context.ts';

const Directory = z.strictObject({
  people: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      unit: UnitCode,
      roles: z.array(Role).min(1),
    }),
  ),
});

/** The offices' people of a file, with their units as they stand on the day. @throws DomainError EID_ERR_FILE */
export function readDirectory(file: string | undefined, { units }: Pick<Api, 'units'>): Colleagues {
  const parsed = file === undefined ? undefined : Directory.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed && !parsed.success)
    throw new DomainError('EID_ERR_FILE', { file, why: z.prettifyError(parsed.error) });
  const people = new Map((parsed?.data.people ?? []).map((person) => [person.id, person]));
  return {
    async find(id) {
      const person = people.get(id);
      if (!person) throw new DomainError('EID_ERR_COLLEAGUE_UNKNOWN', { id });
      const { catalogue, on } = units();
      return { ...person, unitPath: pathOf(catalogue, person.unit, on) };
    },
  };
}
