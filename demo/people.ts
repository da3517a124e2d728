import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DomainError } from '../domain/error.ts';
import type { Actor } from '../schemas/actor.ts';
import { UnitCode } from '../schemas/codes.ts';
import { Role } from '../schemas/enums.ts';
import type { Units } from './units.ts';

const People = z.strictObject({
  people: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      unit: UnitCode,
      roles: z.array(Role).min(1),
    }),
  ),
});

/** The people of the offices, with the path of their unit from the catalogue. @throws DomainError EID_ERR_FILE */
export function readPeople(file: string, units: Units): Actor[] {
  const parsed = People.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new DomainError('EID_ERR_FILE', { file, fields });
  }
  return parsed.data.people.map((person) => ({ ...person, unitPath: [...units.place(person.unit).path] }));
}
