import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatCheckpoint } from './checkpoint.ts';
import { growingTree } from './growingTree.ts';
import { type Hash, leafHash } from './hash.ts';
import { signerKey } from './keys.ts';
import { formatNote, parseNote, signText, verifyNote } from './note.ts';
import { consistencyProof, type Subtrees } from './proofs.ts';
import { cosignedBy } from './witness.ts';
import { createWitness } from './witnessing.ts';

const log = signerKey('example.org/log', 'ED25519', Buffer.alloc(32, 1));
const key = signerKey('example.org/witness', 'COSIGNATURE', Buffer.alloc(32, 2));
const NOW = Date.UTC(2026, 2, 2);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'witness-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const leavesOf = (n: number, kind = 'leaf'): Hash[] =>
  Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`${kind} ${i}`)));
const rootOf = (leaves: readonly Hash[]): Hash => {
  const tree = growingTree();
  for (const leaf of leaves) tree.push(0, leaf);
  return tree.root();
};
const proofs = (leaves: readonly Hash[]) => {
  const subtrees: Subtrees = async (wanted) =>
    wanted.map(({ level, index }) => rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
  return (older: number, newer: number) => consistencyProof(subtrees, older, newer);
};
const headOf = (leaves: readonly Hash[], signer = log) => {
  const checkpoint = {
    origin: signer.name,
    size: leaves.length,
    root: rootOf(leaves),
    extensions: ['policies x'],
  };
  const text = formatCheckpoint(checkpoint);
  return { checkpoint, note: formatNote({ text, signatures: [signText(signer, text)] }) };
};
const bodyOf = (older: number, proof: readonly Hash[], note: string) =>
  `old ${older}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`;

describe('a witness', () => {
  const witness = () => createWitness(folder, key, [log], () => NOW);
  const add = async (n: number, older: number, leaves = leavesOf(n)) =>
    witness().addCheckpoint(bodyOf(older, await proofs(leaves)(older, n), headOf(leaves).note));

  test('cosigns what goes on from what it saw, and shows it', async () => {
    expect((await add(3, 0)).status).toBe(200);
    const { status, body } = await add(8, 3);
    expect(status).toBe(200);
    const { note } = headOf(leavesOf(8));
    const cosigned = parseNote(note + body);
    expect(cosigned && verifyNote(cosigned, [key])).toEqual({ valid: true, by: [{ key, time: NOW / 1000 }] });
    const shown = await witness().lastOf(createHash('sha256').update(log.name).digest('hex'));
    expect(
      parseNote(shown.body) && verifyNote(parseNote(shown.body) ?? { text: '', signatures: [] }, [log, key]),
    ).toMatchObject({
      by: [{ key: log }, { key }],
    });
  });

  test('says what it saw last to whoever does not know, after a restart as well', async () => {
    await add(5, 0);
    expect(await add(8, 3)).toEqual({ status: 409, body: '5\n', type: 'text/x.tlog.size' });
  });

  test('does not cosign a log that went back, or another one of the same name', async () => {
    await add(5, 0);
    expect((await add(4, 0)).status).toBe(409);
    const forked = leavesOf(8, 'other');
    expect(
      (await witness().addCheckpoint(bodyOf(5, await proofs(forked)(5, 8), headOf(forked).note))).status,
    ).toBe(422);
    expect((await witness().addCheckpoint(bodyOf(5, [], headOf(leavesOf(5, 'other')).note))).status).toBe(
      422,
    );
    expect((await add(8, 5)).status).toBe(200);
  });

  test('refuses what the specification says, with its status', async () => {
    const { note } = headOf(leavesOf(3));
    const stranger = signerKey('example.org/log', 'ED25519', Buffer.alloc(32, 9));
    const unknown = signerKey('elsewhere/log', 'ED25519', Buffer.alloc(32, 1));
    const statuses = [
      [400, 'nothing'],
      [400, `old 03\n\n${note}`],
      [400, `old 4\n\n${note}`],
      [400, bodyOf(0, leavesOf(64), note)],
      [422, bodyOf(0, leavesOf(1), note)],
      [403, bodyOf(0, [], headOf(leavesOf(3), stranger).note)],
      [404, bodyOf(0, [], headOf(leavesOf(3), unknown).note)],
    ] as const;
    for (const [status, body] of statuses)
      expect(await witness().addCheckpoint(body)).toMatchObject({ status });
    expect(await witness().lastOf('0'.repeat(64))).toMatchObject({ status: 404 });
    expect(await witness().lastOf('../secret')).toMatchObject({ status: 404 });
  });

  test('asked twice at once for two sizes never goes back', async () => {
    const one = witness();
    const [longer, shorter] = [headOf(leavesOf(9)), headOf(leavesOf(4))];
    const answers = await Promise.all([
      one.addCheckpoint(bodyOf(0, [], longer.note)),
      one.addCheckpoint(bodyOf(0, [], shorter.note)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 409]);
  });
});

describe('a log that asks its witnesses', () => {
  let server: Server;
  let url: string;
  let answer: (body: string) => Promise<{ status: number; body: string }>;
  beforeEach(async () => {
    const witness = createWitness(folder, key, [log], () => NOW);
    answer = witness.addCheckpoint;
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        answer(Buffer.concat(parts).toString()).then(
          ({ status, body }) => response.writeHead(status).end(body),
          () => response.destroy(),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(() => void server.close());

  const ask = (n: number) => {
    const leaves = leavesOf(n);
    const { note, checkpoint } = headOf(leaves);
    return cosignedBy([{ name: 'W', key, url }], note, checkpoint, proofs(leaves), 5_000);
  };

  test('gets its cosignature, also when the witness saw another size than zero', async () => {
    for (const n of [3, 3, 11]) {
      const { note, without } = await ask(n);
      expect(without).toEqual([]);
      const read = parseNote(note);
      expect(read && verifyNote(read, [log, key])).toMatchObject({
        valid: true,
        by: [{ key: log }, { key }],
      });
    }
  });

  test('does not ask a witness that has cosigned already', async () => {
    const { note } = await ask(3);
    const leaves = leavesOf(3);
    answer = async () => ({ status: 500, body: '' });
    expect(
      await cosignedBy([{ name: 'W', key, url }], note, headOf(leaves).checkpoint, proofs(leaves), 5_000),
    ).toEqual({ note, without: [] });
  });

  test.each([
    ['answers badly', async () => ({ status: 500, body: '' })],
    [
      'gives a signature that does not hold',
      async () => ({ status: 200, body: `— ${key.name} ${Buffer.alloc(76, 1).toString('base64')}\n` }),
    ],
    ['gives none', async () => ({ status: 200, body: '' })],
    ['has seen more than there is', async () => ({ status: 409, body: '99\n' })],
    ['goes round in circles', async () => ({ status: 409, body: '1\n' })],
    ['breaks off', async () => Promise.reject(new Error('gone'))],
  ])('goes on without a witness that %s', async (_, bad) => {
    answer = bad;
    const { note, without } = await ask(4);
    expect(note).toBe(headOf(leavesOf(4)).note);
    expect(without).toMatchObject([{ name: 'W' }]);
  });
});
