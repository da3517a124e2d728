const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where a value first differs from what is expected of it, if it does. Lists must agree entirely; of an object only the
 * named properties are looked at, and one named as `undefined` must be absent.
 */
export function firstDifference(expected: unknown, actual: unknown, path = 'it'): string | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${path} is no list`;
    if (expected.length !== actual.length)
      return `${path} has ${actual.length} entries (${names(actual)}), not ${expected.length} (${names(expected)})`;
    return first(expected.map((entry, i) => firstDifference(entry, actual[i], `${path}[${i}]`)));
  }
  if (isRecord(expected)) {
    if (!isRecord(actual)) return `${path} is ${String(actual)}, not an object`;
    return first(
      Object.entries(expected).map(([key, value]) => firstDifference(value, actual[key], `${path}.${key}`)),
    );
  }
  return Object.is(expected, actual) ? undefined : `${path} is ${String(actual)}, not ${String(expected)}`;
}

const first = (differences: readonly (string | undefined)[]) => differences.find((d) => d !== undefined);

const names = (list: readonly unknown[]): string =>
  list.map((entry) => (isRecord(entry) && 'type' in entry ? entry.type : JSON.stringify(entry))).join(', ');
