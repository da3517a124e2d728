/** Levenshtein distance in code points of the decomposed texts, so that a wrong tone is one edit. */
export function editDistance(a: string, b: string): number {
  const left = [...a.normalize('NFD')];
  const right = [...b.normalize('NFD')];
  let row = right.map((_, i) => i + 1);
  left.forEach((l, i) => {
    let corner = i;
    let before = i + 1;
    row = row.map((above, j) => {
      const cost = Math.min(above + 1, before + 1, corner + (l === right[j] ? 0 : 1));
      corner = above;
      before = cost;
      return cost;
    });
  });
  return row.at(-1) ?? left.length;
}

/** 1 for equal texts, 0 for texts without anything in common. */
export function likeness(a: string, b: string): number {
  const length = Math.max([...a.normalize('NFD')].length, [...b.normalize('NFD')].length);
  return length === 0 ? 1 : Math.max(0, 1 - editDistance(a, b) / length);
}

/** What `a` has and `b` has not, counting repetitions. */
export function surplus(a: readonly string[], b: readonly string[]): string[] {
  const left = [...b];
  return a.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Share of words in common (Dice), from 0 to 1. */
export function wordsInCommon(a: readonly string[], b: readonly string[]): number {
  const total = a.length + b.length;
  return total === 0 ? 1 : (total - surplus(a, b).length - surplus(b, a).length) / total;
}
