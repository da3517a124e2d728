/** Replaces tokens such as `@identification-number` everywhere in some data by what the append filled in. */
export function fillTokens<T>(data: T, filled: Readonly<Record<string, string>> | undefined): T {
  if (filled === undefined) return data;
  const text = Object.entries(filled).reduce(
    (json, [token, value]) => json.replaceAll(token, () => JSON.stringify(value).slice(1, -1)),
    JSON.stringify(data),
  );
  return JSON.parse(text) as T;
}
