import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { issueProof } from './issue.ts';
import { proofQr } from './qr.ts';
import { named, request, signer, states } from './testing.spec.ts';

const key = await signer();
const realistic = 'CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN '.repeat(8).slice(0, 300);
const tokenOf = async (state = states.active) =>
  (await issueProof({ ...request({ state, position: 123_456_789 }), key })).token;

/** Reads a QR code as a camera sees it: each module a square of pixels. */
function read(modules: readonly (readonly boolean[])[], scale = 3): string | undefined {
  const width = modules.length * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dark = modules[Math.floor(y / scale)]?.[Math.floor(x / scale)];
      if (dark) pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return jsqr.default(pixels, width, width)?.data;
}

/** The modules of a drawing, back from its squares of ten units. */
function modulesOfSvg(svg: string): boolean[][] {
  const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) / 10;
  const modules = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y] of svg.matchAll(/M(\d+),(\d+)h10v10h-10z/g)) {
    const row = modules[Number(y) / 10];
    if (row) row[Number(x) / 10] = true;
  }
  return modules;
}

/** The modules of a terminal's text, back from its half blocks; the last line has one row too many. */
function modulesOfText(text: string): boolean[][] {
  const lines = text.split('\n');
  const rows = lines.flatMap((line) => [
    [...line].map((c) => c === ' ' || c === '▄'),
    [...line].map((c) => c === ' ' || c === '▀'),
  ]);
  return rows.slice(0, [...(lines[0] ?? '')].length);
}

describe('the QR code of a proof', () => {
  it('gives the very token back, from its modules, its SVG and its text for a terminal', async () => {
    const token = await tokenOf();
    const { modules, svg, text } = proofQr(token);
    expect(read(modules)).toBe(token);
    expect(modulesOfSvg(svg)).toEqual(modules);
    expect(modulesOfText(text)).toEqual(modules);
  });

  it('stands in a quiet zone of four light modules', async () => {
    const { modules } = proofQr(await tokenOf());
    const edges = [...modules.slice(0, 4), ...modules.slice(-4)].flat();
    const sides = modules.flatMap((row) => [...row.slice(0, 4), ...row.slice(-4)]);
    expect([...edges, ...sides].some(Boolean)).toBe(false);
  });

  it.each([
    ['a usual name', states.active, 15],
    ['a long one', named('CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN THƯƠNG MẠI VÀ DỊCH VỤ SAO MAI'), 17],
    ['300 letters of a usual name', named(realistic), 22],
    ['300 letters of three bytes each', named('ễ'.repeat(300)), 30],
    ['the longest names that there can be', named('ễ'.repeat(300), 'ễ'.repeat(200)), 37],
  ])('of %s is read back and stays within its version', async (_, state, version) => {
    const token = await tokenOf(state);
    const qr = proofQr(token);
    expect(qr.version).toBeLessThanOrEqual(version);
    expect(read(qr.modules)).toBe(token);
  });
});
