/** Reads choices off a stream of random numbers, so that one seed names one walk. */
export type Choices = {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  one<T>(list: readonly [T, ...T[]]): T;
  one<T>(list: readonly T[]): T | undefined;
  /** True once in `n` times. */
  once(n: number): boolean;
};

/** Choices from a seed by mulberry32: small, and the same everywhere. */
export function choices(seed: number): Choices {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n);
  };
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  return { below, one, once: (n) => below(n) === 0 };
}
