import { encode, renderSVG, renderUnicodeCompact } from 'uqr';

/** A token as a QR code. `version` 1–40; `modules` are rows of dark modules within the quiet zone. */
export type ProofQr = {
  readonly version: number;
  readonly modules: readonly (readonly boolean[])[];
  readonly svg: string;
  /** For a terminal of light letters on dark ground: two rows a line, the letters being the light modules. */
  readonly text: string;
};

/** Of ISO/IEC 18004: four modules on each side. */
const QUIET_ZONE = 4;
/** A screen is clean and bright: the least correction gives the fewest and so the largest modules. */
const OPTIONS = { ecc: 'L', boostEcc: true, border: QUIET_ZONE } as const;

/**
 * Draws a token as a QR code in byte mode. Usual names make version 15 to 17 (77 to 85 modules), a name of 300 letters 22 when it is
 * Vietnamese and 30 when each of its letters takes three bytes; the longest names of organisation and holder together make 37.
 */
export function proofQr(token: string): ProofQr {
  const { version, maskPattern, data } = encode(token, OPTIONS);
  const same = { ...OPTIONS, minVersion: version, maxVersion: version, maskPattern };
  return { version, modules: data, svg: renderSVG(token, same), text: renderUnicodeCompact(token, same) };
}
