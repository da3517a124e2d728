import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ProofKeyRing } from '../schemas/proof.ts';
import { freshFolder } from '../test/support/folder.ts';
import { issueProof } from './issue.ts';
import { publicKey, readKeySet } from './keySet.ts';
import { openKeys, rotateKeys } from './keys.ts';
import { newKey } from './newKey.ts';
import { placeRing, readRing } from './ringFile.ts';
import { LIFETIME_MS, NOW, request } from './testing.spec.ts';
import { verifyProof } from './verify.ts';

const FIRST = 'ring-000001.json';
const SECOND = 'ring-000002.json';
const files = (folder: string) => readdirSync(folder).sort();
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');
const published = (folder: string) => readKeySet(JSON.parse(read(folder, 'jwks.json')), 'jwks.json');

async function made(): Promise<{ folder: string; ring: ProofKeyRing }> {
  const folder = join(freshFolder(), 'keys');
  return { folder, ring: await openKeys(folder, { now: NOW }) };
}

const successorOf = async (ring: ProofKeyRing): Promise<ProofKeyRing> => ({
  ...ring,
  current: ring.next,
  next: await newKey(NOW),
  retired: [{ ...publicKey(ring.current), exp: NOW / 1000 + 600 }],
});

describe('a rotation that was cut off', () => {
  it('after the new ring was placed is finished by the next to open the keys', async () => {
    const { folder, ring } = await made();
    const old = read(folder, 'jwks.json');
    const next = await successorOf(ring);
    await placeRing(folder, 2, next);
    expect([files(folder), read(folder, 'jwks.json')]).toEqual([['jwks.json', FIRST, SECOND], old]);
    expect(await openKeys(folder, { now: NOW })).toEqual(next);
    expect(files(folder)).toEqual(['jwks.json', SECOND]);
    expect(published(folder).keys.map(({ kid }) => kid)).toEqual([
      next.current.kid,
      next.next.kid,
      ring.current.kid,
    ]);
  });

  it('before that has changed nothing; its draft goes once it is surely nobody’s', async () => {
    const { folder, ring } = await made();
    const draft = join(folder, '.draft-0b7');
    writeFileSync(draft, '{"schema":"orgeid-key-r', { mode: 0o600 });
    expect(await openKeys(folder, { now: NOW })).toEqual(ring);
    expect(existsSync(draft)).toBe(true);
    const old = new Date(Date.now() - 61_000);
    utimesSync(draft, old, old);
    expect(await openKeys(folder, { now: NOW })).toEqual(ring);
    expect(existsSync(draft)).toBe(false);
  });

  it('may leave the published set missing or half-written: it is made anew', async () => {
    const { folder } = await made();
    const whole = read(folder, 'jwks.json');
    writeFileSync(join(folder, 'jwks.json'), whole.slice(0, 100));
    await openKeys(folder, { now: NOW });
    expect(read(folder, 'jwks.json')).toBe(whole);
    rmSync(join(folder, 'jwks.json'));
    await openKeys(folder, { now: NOW });
    expect(read(folder, 'jwks.json')).toBe(whole);
  });
});

describe('two rotations at once', () => {
  it('cannot both make the next generation', async () => {
    const { folder, ring } = await made();
    const [one, two] = [await successorOf(ring), await successorOf(ring)];
    const placed = await Promise.all([placeRing(folder, 2, one), placeRing(folder, 2, two)]);
    expect(placed.filter(({ mine }) => mine)).toHaveLength(1);
    expect(placed[0]?.ring).toEqual(placed[1]?.ring);
    expect([one, two]).toContainEqual(placed[0]?.ring);
  });

  it('leave whoever was overtaken by others with what they made', async () => {
    const { folder, ring } = await made();
    for (const _ of [2, 3]) await rotateKeys(folder, { now: NOW, proofLifetimeMs: LIFETIME_MS });
    const late = await placeRing(folder, 2, await successorOf(ring));
    expect(late).toMatchObject({ mine: false, generation: 3 });
    expect((await readRing(folder))?.generation).toBe(3);
    await openKeys(folder, { now: NOW });
    expect(files(folder)).toEqual(['jwks.json', 'ring-000003.json']);
  });
});

describe('a key ring that cannot be used', () => {
  it.each([
    ['is half-written', (whole: string) => whole.slice(0, whole.length / 2)],
    ['is empty', () => ''],
    ['lacks its next key', (whole: string) => JSON.stringify({ ...JSON.parse(whole), next: undefined })],
    ['is of another kind', () => '{"schema":"orgeid-key-ring/2"}'],
  ])('because it %s is refused, and no new key is made in its place', async (_, spoil) => {
    const { folder, ring } = await made();
    const spoilt = spoil(read(folder, FIRST));
    writeFileSync(join(folder, FIRST), spoilt);
    const refusal = await openKeys(folder, { now: NOW }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'EID_ERR_FILE', details: { file: join(folder, FIRST) } });
    expect(JSON.stringify(refusal)).not.toContain(ring.current.d);
    await expect(rotateKeys(folder, { now: NOW, proofLifetimeMs: LIFETIME_MS })).rejects.toMatchObject({
      code: 'EID_ERR_FILE',
    });
    expect([files(folder), read(folder, FIRST)]).toEqual([['jwks.json', FIRST], spoilt]);
  });

  it('because others may read it is refused', async () => {
    const { folder } = await made();
    chmodSync(join(folder, FIRST), 0o640);
    await expect(openKeys(folder, { now: NOW })).rejects.toMatchObject({
      code: 'EID_ERR_FILE',
      details: { reason: expect.stringContaining('600') },
    });
  });

  it('because its folder is a file is refused', async () => {
    const file = join(freshFolder(), 'keys');
    writeFileSync(file, '');
    await expect(openKeys(file, { now: NOW })).rejects.toMatchObject({ code: 'EID_ERR_FILE' });
  });
});

const rotateForEver = `
  import { rotateKeys } from './proof/keys.ts';
  for (;;) {
    await rotateKeys(process.argv[1], { now: Date.now(), proofLifetimeMs: 2_000, marginMs: 60_000 });
    console.log('rotated');
  }`;

/** Lets a process rotate without end and kills it in the middle of what follows the nth time. */
async function killAfter(rotations: number, folder: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', rotateForEver, folder],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'rotated') seen += 1;
    if (seen === rotations) break;
  }
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  expect(seen).toBe(rotations);
}

it('a process that is killed while it rotates leaves keys that sign, and proofs that stay good', async () => {
  const { folder } = await made();
  for (const rotations of [1, 3, 4, 7, 2]) {
    const { issuer, current } = await openKeys(folder, { now: Date.now() });
    const now = Date.now();
    const { token } = await issueProof({
      ...request({ now, policy: { proofLifetimeMs: 60_000 } }),
      key: { issuer, key: current },
    });
    await killAfter(rotations, folder);
    const before = await readRing(folder);
    expect(await openKeys(folder, { now })).toEqual(before?.ring);
    expect(await verifyProof(token, published(folder), { now })).toMatchObject({ accepted: true });
    const left = files(folder).filter((name) => !name.startsWith('.draft-'));
    expect(left).toEqual(['jwks.json', expect.stringMatching(/^ring-\d+\.json$/)]);
    expect(published(folder).keys[0]?.kid).toBe(before?.ring.current.kid);
  }
});
