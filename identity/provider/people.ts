import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { DomainError } from '../../domain/error.ts';
import { UnitCode } from '../../schemas/codes.ts';
import { Role } from '../../schemas/enums.ts';

const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/);

/** Somebody who can sign in. */
export const DemoPerson = z.strictObject({
  id: Id,
  name: z.string().min(1).max(200),
  unit: UnitCode.optional(),
  roles: z.array(Role.exclude(['SYSTEM', 'SERVICE'])).min(1),
  locale: z.enum(['vi', 'en']).default('vi'),
});
export type DemoPerson = z.infer<typeof DemoPerson>;

/** Another system with an account of its own. */
export const DemoService = z.strictObject({
  id: Id,
  name: z.string().min(1).max(200),
  unit: UnitCode.optional(),
  roles: z.array(Role.extract(['SERVICE', 'AUTHORITY', 'BODY_OFFICER'])).min(1),
});
export type DemoService = z.infer<typeof DemoService>;

const People = z.strictObject({
  people: z.array(DemoPerson).default([]),
  services: z.array(DemoService).default([]),
});

export type Directory = {
  readonly people: ReadonlyMap<string, DemoPerson>;
  readonly services: ReadonlyMap<string, DemoService>;
};

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The offices of the sample, and those who stand outside of them. */
export const demoFiles = [fromHere('../../samples/hung-yen/people.yaml'), fromHere('./people.yaml')];

/**
 * Reads people and services from YAML or JSON files; who comes again in a later file is replaced.
 * @throws DomainError EID_ERR_FILE; EID_ERR_USAGE when a person and a service share an id
 */
export function readDirectory(files: readonly string[]): Directory {
  const people = new Map<string, DemoPerson>();
  const services = new Map<string, DemoService>();
  for (const file of files) {
    const read = readFile(file);
    for (const person of read.people) people.set(person.id, person);
    for (const service of read.services) services.set(service.id, service);
  }
  const both = [...services.keys()].filter((id) => people.has(id));
  if (both.length > 0)
    throw new DomainError('EID_ERR_USAGE', { why: 'person and service at once', ids: both });
  return { people, services };
}

function readFile(file: string): z.infer<typeof People> {
  let data: unknown;
  try {
    data = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new DomainError('EID_ERR_FILE', { file, fields: [String(error)] });
  }
  const result = People.safeParse(data);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DomainError('EID_ERR_FILE', { file, fields });
}
