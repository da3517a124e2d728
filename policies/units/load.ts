import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { DomainError } from '../../domain/error.ts';
import { UnitCatalogue } from '../../schemas/admin-unit.ts';
import { catalogueProblems } from './check.ts';

const shipped = new URL('./hung-yen.yaml', import.meta.url);

/**
 * Checks the shape and the sense of a unit catalogue.
 * @throws DomainError EID_ERR_POLICY_INVALID with `file`, the first `path` and all `problems`
 */
export function checkUnitCatalogue(data: unknown, file: string): UnitCatalogue {
  const result = UnitCatalogue.safeParse(data);
  const problems = result.success
    ? catalogueProblems(result.data)
    : result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  if (result.success && problems.length === 0) return result.data;
  throw new DomainError('EID_ERR_POLICY_INVALID', { file, path: problems[0]?.path, problems });
}

/**
 * Reads a unit catalogue, the one of Hưng Yên by default.
 * @throws DomainError EID_ERR_POLICY_INVALID
 */
export async function loadUnitCatalogue(file: URL = shipped): Promise<UnitCatalogue> {
  const name = file.pathname.split('/').slice(-2).join('/');
  let data: unknown;
  try {
    data = parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new DomainError('EID_ERR_POLICY_INVALID', {
      file: name,
      problems: [{ path: '', message: String(error) }],
    });
  }
  return checkUnitCatalogue(data, name);
}
