import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { DomainError } from '../../domain/error.ts';
import { AccessTable } from '../../schemas/access.ts';
import type { Problem } from '../calendar/check.ts';
import { accessProblems } from './check.ts';

const shipped = '../access.yaml';

/**
 * The table of who may do what, the one that comes with this project when no path is given.
 * @throws DomainError EID_ERR_POLICY_INVALID with `file`, the first `path` and all `problems`
 */
export function loadAccessTable(file?: string): AccessTable {
  const name = file ?? 'policies/access.yaml';
  let data: unknown;
  try {
    data = parse(readFileSync(file ?? new URL(shipped, import.meta.url), 'utf8'));
  } catch (error) {
    throw invalid(name, [{ path: '', message: error instanceof Error ? error.message : 'cannot be read' }]);
  }
  return checkAccessTable(data, name);
}

/**
 * A table from data of any origin; `file` is its name for messages.
 * @throws DomainError as {@link loadAccessTable}
 */
export function checkAccessTable(data: unknown, file: string): AccessTable {
  const parsed = AccessTable.safeParse(data);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    throw invalid(file, problems);
  }
  const problems = accessProblems(parsed.data);
  if (problems.length > 0) throw invalid(file, problems);
  return parsed.data;
}

const invalid = (file: string, problems: readonly Problem[]): DomainError =>
  new DomainError('EID_ERR_POLICY_INVALID', { file, path: problems[0]?.path, problems });
