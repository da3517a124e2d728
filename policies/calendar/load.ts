import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { DomainError } from '../../domain/error.ts';
import { WorkingCalendar } from '../../schemas/calendar.ts';
import { checkCalendar, type Problem } from './check.ts';

const shipped = 'vn-state-2024-2026.yaml';

/**
 * The working calendar of a YAML file; without a path, the calendar of state bodies that comes with this project.
 *
 * @throws DomainError `EID_ERR_POLICY_INVALID` with `file` and `problems` (`path`, `message`)
 */
export function loadCalendar(file?: string): WorkingCalendar {
  const name = file ?? `policies/calendar/${shipped}`;
  let text: string;
  try {
    text = readFileSync(file ?? new URL(shipped, import.meta.url), 'utf8');
  } catch (error) {
    throw invalid(name, [{ path: '', message: error instanceof Error ? error.message : 'cannot be read' }]);
  }
  return parseCalendar(text, name);
}

/**
 * The working calendar of a YAML text; `file` is its name for messages.
 *
 * @throws DomainError `EID_ERR_POLICY_INVALID` with `file` and `problems` (`path`, `message`)
 */
export function parseCalendar(text: string, file: string): WorkingCalendar {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    throw invalid(
      file,
      document.errors.map(({ message, linePos }) => ({ path: `line ${linePos?.[0].line ?? '?'}`, message })),
    );
  }
  const parsed = WorkingCalendar.safeParse(document.toJS());
  if (!parsed.success) {
    throw invalid(
      file,
      parsed.error.issues.map(({ path, message }) => ({ path: dotted(path), message })),
    );
  }
  const problems = checkCalendar(parsed.data);
  if (problems.length > 0) throw invalid(file, problems);
  return parsed.data;
}

const invalid = (file: string, problems: readonly Problem[]) =>
  new DomainError('EID_ERR_POLICY_INVALID', { file, problems });

const dotted = (path: readonly PropertyKey[]) =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
