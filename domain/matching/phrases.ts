/** Phrases by their first word, longest first, each with what it becomes. */
export type Phrases<T> = ReadonlyMap<
  string,
  readonly { readonly words: readonly string[]; readonly to: T }[]
>;

export function phraseTable<T>(entries: readonly (readonly [words: readonly string[], to: T])[]): Phrases<T> {
  const table = new Map<string, { words: readonly string[]; to: T }[]>();
  for (const [words, to] of entries) {
    const [first] = words;
    if (first === undefined) continue;
    const list = [...(table.get(first) ?? []), { words, to }];
    table.set(
      first,
      list.sort((a, b) => b.words.length - a.words.length),
    );
  }
  return table;
}

/** The longest phrase that begins at a place. */
export const phraseAt = <T>(table: Phrases<T>, words: readonly string[], at: number) =>
  table.get(words[at] ?? '')?.find((phrase) => phrase.words.every((word, i) => words[at + i] === word));

/** Replaces every phrase from left to right; `to` may refuse by returning undefined. */
export function replacePhrases<T>(
  table: Phrases<T>,
  words: readonly string[],
  to: (value: T, at: number, length: number) => readonly string[] | undefined,
): string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(table, words, at);
    const replacement = phrase && to(phrase.to, at, phrase.words.length);
    result.push(...(replacement ?? [words[at] ?? '']));
    at += phrase && replacement ? phrase.words.length : 1;
  }
  return result;
}
