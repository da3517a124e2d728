/** Choices that follow from a seed: the same seed throws the same on every machine. */
export type Dice = {
  /** From 0 to below 1. */
  next(): number;
  int(below: number): number;
  chance(share: number): boolean;
  /** @throws RangeError when the list is empty */
  pick<T>(list: readonly T[]): T;
  /** Dice of their own, which throw the same however often these were thrown. */
  fork(name: string | number): Dice;
};

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}

/** Dice of a seed; mulberry32 under them. */
export function diceOf(seed: string): Dice {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick(list) {
      const found = list[int(list.length)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
    fork: (name) => diceOf(`${seed}/${name}`),
  };
}
