import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { DomainError } from '../../domain/error.ts';
import { MatchingPolicy } from '../../schemas/matching.ts';

const shipped = new URL('./matching.yaml', import.meta.url);

/**
 * Checks matching data that was parsed from a file.
 * @throws DomainError EID_ERR_POLICY_INVALID with `file` and `problems` (path and message each)
 */
export function checkMatchingPolicy(data: unknown, file: string): MatchingPolicy {
  const result = MatchingPolicy.safeParse(data);
  if (result.success) {
    const { fields } = result.data;
    const bare = Object.entries(fields).find(
      ([, field]) => field.comparer === 'name' && !field.lexicons?.length,
    );
    if (bare === undefined) return result.data;
    const path = `fields.${bare[0]}.lexicons`;
    throw new DomainError('EID_ERR_POLICY_INVALID', {
      file,
      path,
      problems: [{ path, message: 'a name needs a lexicon' }],
    });
  }
  const problems = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new DomainError('EID_ERR_POLICY_INVALID', { file, path: problems[0]?.path, problems });
}

/**
 * Reads the matching policy, the shipped one by default.
 * @throws DomainError EID_ERR_POLICY_INVALID
 */
export async function loadMatchingPolicy(file: URL = shipped): Promise<MatchingPolicy> {
  const name = file.pathname.split('/').slice(-2).join('/');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DomainError('EID_ERR_POLICY_INVALID', {
      file: name,
      problems: [{ path: '', message: String(cause) }],
    });
  });
  return checkMatchingPolicy(parsed(text, name), name);
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new DomainError('EID_ERR_POLICY_INVALID', {
      file,
      problems: [{ path: '', message: String(error) }],
    });
  }
}
