import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DomainError } from '../../domain/error.ts';
import { UnitCode } from '../../schemas/codes.ts';
import { Role } from '../../schemas/enums.ts';
import type { Officer } from '../../store/officers.ts';

const People = z.strictObject({
  people: z.array(
    z.strictObject({
      id: z.string().min(1).max(120),
      name: z.string().min(1).max(200),
      unit: UnitCode,
      roles: z.array(Role).min(1),
    }),
  ),
});

/** The offices' people of a file, as samples/hung-yen/people.yaml. @throws DomainError EID_ERR_FILE */
export function readPeople(file: string): readonly Officer[] {
  const parsed = People.safeParse(yamlIn(file));
  if (!parsed.success) throw new DomainError('EID_ERR_FILE', { file, why: z.prettifyError(parsed.error) });
  const { people } = parsed.data;
  const twice = people.find(({ id }, i) => people.findIndex((one) => one.id === id) !== i);
  if (twice) throw new DomainError('EID_ERR_FILE', { file, why: `${twice.id} stands there twice` });
  return people;
}

function yamlIn(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DomainError('EID_ERR_FILE', {
      file,
      why: error instanceof Error ? error.message : 'unreadable',
    });
  }
}
