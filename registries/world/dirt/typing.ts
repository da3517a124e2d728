const tones = {
  '\u0301': ['s', '1'],
  '\u0300': ['f', '2'],
  '\u0309': ['r', '3'],
  '\u0303': ['x', '4'],
  '\u0323': ['j', '5'],
} as const;
const shapes: Readonly<Record<string, readonly [telex: string, vni: string]>> = {
  â: ['aa', 'a6'],
  ê: ['ee', 'e6'],
  ô: ['oo', 'o6'],
  ă: ['aw', 'a8'],
  ơ: ['ow', 'o7'],
  ư: ['uw', 'u7'],
  đ: ['dd', 'd9'],
  Â: ['AA', 'A6'],
  Ê: ['EE', 'E6'],
  Ô: ['OO', 'O6'],
  Ă: ['AW', 'A8'],
  Ơ: ['OW', 'O7'],
  Ư: ['UW', 'U7'],
  Đ: ['DD', 'D9'],
};

/** A word as the keys of an input method that was switched off: `Hưng` → `Huwng` (Telex), `Hu7ng` (VNI). */
export function keysOf(word: string, method: 'telex' | 'vni'): string {
  const at = method === 'telex' ? 0 : 1;
  let tone = '';
  const letters = [...word.normalize('NFD')].reduce<string[]>((kept, char) => {
    const found = Object.entries(tones).find(([mark]) => mark === char);
    if (found) tone = found[1][at];
    else if (/\p{M}/u.test(char)) kept.push((kept.pop() ?? '') + char);
    else kept.push(char);
    return kept;
  }, []);
  return `${letters.map((letter) => shapes[letter.normalize('NFC')]?.[at] ?? letter).join('')}${tone}`;
}

const tcvn3: Readonly<Record<string, string>> = {
  ô: '«',
  ơ: '¬',
  ư: '\u00ad',
  ê: 'ª',
  â: '©',
  ă: '¨',
  đ: '®',
  ạ: '¹',
  ả: '¶',
  á: '¸',
  à: 'µ',
  ế: 'Õ',
  ệ: 'Ö',
  ữ: '÷',
  ộ: 'é',
  ì: '×',
  í: 'Ý',
  ị: 'Þ',
  ổ: 'æ',
  ầ: 'Ç',
  ấ: 'Ê',
};

/** Letters of the old TCVN3 fonts read as they are. */
export const asTcvn3 = (text: string): string =>
  [...text.normalize('NFC')].map((char) => tcvn3[char] ?? char).join('');
