import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { DomainError } from '../domain/error.ts';
import { Policy } from '../schemas/policy.ts';
import type { Problem } from './calendar/check.ts';
import { loadCalendar } from './calendar/load.ts';
import { checkPolicy } from './check.ts';
import { loadMatchingPolicy } from './matching/load.ts';

const shipped = 'decree-69-2024.yaml';

/**
 * The policy of a YAML file, with the working calendar and the matching policy that come with this project; without a
 * path, Decree 69/2024. `units`: codes of the unit catalogue, if there is one to check against.
 *
 * @throws DomainError `EID_ERR_POLICY_INVALID` with `file` and `problems` (`path`, `message`); its message names both
 */
export async function loadPolicy(file?: string, units?: ReadonlySet<string>): Promise<Policy> {
  const name = file ?? `policies/${shipped}`;
  let text: string;
  try {
    text = readFileSync(file ?? new URL(shipped, import.meta.url), 'utf8');
  } catch (error) {
    throw invalid(name, [{ path: '', message: error instanceof Error ? error.message : 'cannot be read' }]);
  }
  const values = parseYaml(text, name);
  try {
    return readPolicy(
      { ...values, calendar: loadCalendar(), matching: await loadMatchingPolicy() },
      name,
      units,
    );
  } catch (error) {
    throw error instanceof DomainError ? named(error) : error;
  }
}

/**
 * A policy from data of any origin; `file` is its name for messages.
 *
 * @throws DomainError `EID_ERR_POLICY_INVALID` with `file` and `problems` (`path`, `message`); its message names both
 */
export function readPolicy(data: unknown, file: string, units?: ReadonlySet<string>): Policy {
  const parsed = Policy.safeParse(data);
  if (!parsed.success) {
    throw invalid(
      file,
      parsed.error.issues.map(({ path, message }) => ({ path: dotted(path), message })),
    );
  }
  const problems = checkPolicy(parsed.data, units);
  if (problems.length > 0) throw invalid(file, problems);
  return parsed.data;
}

function parseYaml(text: string, file: string): object {
  const document = parseDocument(text);
  const [first] = document.errors;
  if (first) {
    throw invalid(file, [
      { path: `line ${first.linePos?.[0].line ?? '?'}`, message: firstLine(first.message) },
    ]);
  }
  const data: unknown = document.toJS();
  if (typeof data === 'object' && data !== null) return data;
  throw invalid(file, [{ path: '', message: 'holds no policy' }]);
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const invalid = (file: string, problems: readonly Problem[]): DomainError =>
  named(new DomainError('EID_ERR_POLICY_INVALID', { file, problems }));

/** Whoever starts the system reads the message and nothing else. */
function named(error: DomainError): DomainError {
  const { file, problems } = error.details as { file?: string; problems?: readonly (Problem | string)[] };
  const lines = (problems ?? []).map((problem) =>
    typeof problem === 'string' ? problem : [problem.path, problem.message].filter(Boolean).join(': '),
  );
  error.message = `${error.code}: ${file ?? 'policy'} is not valid: ${lines.join('; ')}`;
  return error;
}

const dotted = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
