const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/**
 * The tenth digit of a tax code. The algorithm is in general use (S); Circular 86/2024/TT-BTC Art 5 says that there is a check
 * digit and not how it is made.
 *
 * @param nine the first nine digits
 * @returns undefined when no digit makes a code of these nine
 */
export function checkDigit(nine: string): number | undefined {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(nine[i]), 0);
  const digit = 10 - (sum % 11);
  return digit === 10 ? undefined : digit;
}

/** Codes below are those of the samples. */
const FIRST = 1_000_000;

/** The nth invented tax code of a world: it begins with `00`, as no code that was given out does. */
export function taxCodeOf(n: number): string {
  for (let serial = FIRST + n * 3; ; serial++) {
    const nine = `00${String(serial).padStart(7, '0')}`;
    const digit = checkDigit(nine);
    if (digit !== undefined) return `${nine}${digit}`;
  }
}

/** An invented personal number: no province has the code `000`. */
export const personalNumberOf = (n: number): string => `000${String(180_000_000 + n).padStart(9, '0')}`;
