import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatSignerKey, formatVerifierKey, signerKey } from './keys.ts';
import { formatNote, parseNote, signText, verifyNote } from './note.ts';
import { openRing, readPublicRing, rotateRing } from './ring.ts';
import { parseRotation, rotationNote, trustedKeys } from './rotation.ts';

const NOW = Date.UTC(2026, 2, 2);
const ORIGIN = 'example.org/log';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ring-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('the first key is made once and stays', async () => {
  const first = await openRing(folder, ORIGIN, NOW);
  expect(first.keys.map(formatVerifierKey)).toEqual([formatVerifierKey(first.signer)]);
  expect(await openRing(folder, 'another.name', NOW)).toEqual(first);
  expect(first.signer.name).toBe(ORIGIN);
});

test('whoever trusts the first key trusts the one that took over, and the other way round', async () => {
  const first = await openRing(folder, ORIGIN, NOW);
  await rotateRing(folder, ORIGIN, NOW + 1);
  const third = await rotateRing(folder, ORIGIN, NOW + 2);
  const rotations = third.rotations.map((note) => {
    const rotation = parseRotation(note);
    if (!rotation) throw new Error('no rotation');
    return rotation;
  });
  expect(third.keys).toHaveLength(3);
  const text = 'said by the third\n';
  const note = parseNote(formatNote({ text, signatures: [signText(third.signer, text)] }));
  if (!note) throw new Error('no note');
  expect(verifyNote(note, first.keys).valid).toBe(false);
  expect(verifyNote(note, trustedKeys(first.keys, rotations)).valid).toBe(true);
  expect(trustedKeys([third.signer], rotations)).toHaveLength(3);
  const stranger = signerKey(ORIGIN, 'ED25519', Buffer.alloc(32, 9));
  expect(trustedKeys([stranger], rotations)).toEqual([stranger]);
});

test('the secret of a key that was followed is deleted', async () => {
  await openRing(folder, ORIGIN, NOW);
  await rotateRing(folder, ORIGIN, NOW);
  expect((await readdir(folder)).filter((file) => file.startsWith('signer-'))).toEqual(['signer-000002.key']);
});

test('a rotation that was interrupted is finished by the next who opens the ring', async () => {
  const first = await openRing(folder, ORIGIN, NOW);
  const next = signerKey(ORIGIN, 'ED25519', Buffer.alloc(32, 7));
  await writeFile(join(folder, 'signer-000002.key'), formatSignerKey(next), { mode: 0o600 });
  const ring = await openRing(folder, ORIGIN, NOW);
  expect(formatVerifierKey(ring.signer)).toBe(formatVerifierKey(next));
  expect(ring.keys.map(formatVerifierKey)).toEqual([...first.keys, next].map(formatVerifierKey));
  expect(ring.rotations).toHaveLength(1);
});

test('two rotations at once are one or two whole ones', async () => {
  await openRing(folder, ORIGIN, NOW);
  await Promise.allSettled([rotateRing(folder, ORIGIN, NOW), rotateRing(folder, ORIGIN, NOW)]);
  const { keys, rotations, signer } = await openRing(folder, ORIGIN, NOW);
  expect(rotations).toHaveLength(keys.length - 1);
  expect(keys.at(-1)?.id).toBe(signer.id);
});

test('a note of a rotation counts only when both keys signed it', () => {
  const [from, to, other] = [1, 2, 3].map((n) => signerKey(ORIGIN, 'ED25519', Buffer.alloc(32, n)));
  if (!from || !to || !other) throw new Error('three keys');
  const note = rotationNote(from, to, new Date(NOW).toISOString());
  expect(parseRotation(note)).toMatchObject({ from: { id: from.id }, to: { id: to.id } });
  const text = parseNote(note)?.text ?? '';
  const forged = formatNote({ text, signatures: [signText(to, text), signText(other, text)] });
  expect(parseRotation(forged)).toBeUndefined();
});

test('a secret that others may read is refused, and one that is gone is not replaced', async () => {
  await openRing(folder, ORIGIN, NOW);
  const secret = join(folder, 'signer-000001.key');
  await chmod(secret, 0o644);
  await expect(openRing(folder, ORIGIN, NOW)).rejects.toMatchObject({ code: 'EID_ERR_FILE' });
  await rm(secret);
  await expect(openRing(folder, ORIGIN, NOW)).rejects.toMatchObject({ code: 'EID_ERR_FILE' });
  expect((await readPublicRing(folder)).keys).toHaveLength(1);
});
