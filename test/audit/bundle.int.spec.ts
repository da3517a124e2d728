import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as prop } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleScope } from '../../audit/bundle/format.ts';
import { type BundleVerdict, type Trust, verifyBundle } from '../../audit/bundle/verify.ts';
import { type BundleOptions, writeBundle } from '../../audit/bundle/write.ts';
import { keysIn, makeCheckpoint } from '../../audit/checkpoint/make.ts';
import { loadPolicy } from '../../policies/load.ts';
import { putPolicy } from '../../store/policy.ts';
import { createRecorder } from '../../store/record.ts';
import { signerKey } from '../../transparency/keys.ts';
import { formatNote, parseNote, signText } from '../../transparency/note.ts';
import { openRing, type Ring, rotateRing } from '../../transparency/ring.ts';
import { collect, newStream, note, projections, tamper, useStore, viewing } from '../store/support.ts';
import { reEnded, skipOf } from './bundles.ts';

const ORIGIN = 'example.org/log';

describe('a bundle', () => {
  const store = useStore();
  const stream = newStream();
  const other = newStream('account');
  let folder: string;
  let ring: Ring;
  let first: string;
  let middle: string;

  const checkpoint = () => makeCheckpoint({ pool: store.pool(), folder, origin: ORIGIN, now: Date.now });
  const write = async (scope: BundleScope, more: Partial<BundleOptions> = {}): Promise<string> =>
    (
      await collect(
        writeBundle(store.pool(), { scope, exportedBy: 'kiểm toán viên', now: Date.now(), ring, ...more }),
      )
    ).join('');
  const read = (text: string | Buffer, trust: Trust = { keys: ring.keys }): Promise<BundleVerdict> =>
    verifyBundle(pieces(Buffer.from(text)), trust);
  const fault = async (text: string | Buffer, trust?: Trust) => {
    const verdict = await read(text, trust);
    return verdict.holds
      ? undefined
      : { check: verdict.fault.check, line: verdict.fault.line, position: verdict.fault.position };
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'orgeid-'));
    const policy = await loadPolicy();
    await putPolicy(store.pool(), policy);
    const recorder = createRecorder(store.pool(), projections);
    const event = (data: object) => ({ events: [{ type: 'Noted', data }], policyVersion: policy.version });
    await recorder.record(note(stream, 0, { ...viewing({ unit: 'CAX-1' }), policyVersion: policy.version }));
    for (let version = 0; version < 6; version += 1) {
      await recorder.record(note(other, version, event({ note: `ghi ${version}` })));
      if (version === 2) first = (await checkpoint()).note;
      await recorder.record(note(stream, version + 1, event({ note: 'một' })));
    }
    const { rows } = await store
      .pool()
      .query<{ at: Date }>(`select recorded_at as at from orgeid.events where position = 8`);
    middle = rows[0]?.at.toISOString() ?? '';
    await checkpoint();
    await recorder.record(note(stream, 7, event({ note: 'chưa ký' })));
    ring = await openRing(keysIn(folder), ORIGIN, Date.now());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('of one case holds its events, all that is needed to show that they are in the log, and no other event', async () => {
    const text = await write({ kind: 'CASE', stream });
    const verdict = await read(text);
    expect(verdict).toMatchObject({
      holds: true,
      report: {
        size: 13,
        events: 7,
        origin: ORIGIN,
        trusted: true,
        sealed: true,
        exportedBy: 'kiểm toán viên',
      },
    });
    expect(text).not.toContain(other);
    expect(text).not.toContain('chưa ký');
  });

  it('of a unit, of a period and of all hold as well', async () => {
    const later = new Date(Date.parse(middle) + 3_600_000).toISOString();
    expect(await read(await write({ kind: 'UNIT', unit: 'CAX-1' }))).toMatchObject({
      holds: true,
      report: { events: 7 },
    });
    const period = await read(await write({ kind: 'PERIOD', from: middle, to: later }));
    expect(period.holds && period.report.events).toBeGreaterThanOrEqual(6);
    expect(await read(await write({ kind: 'ALL' }))).toMatchObject({
      holds: true,
      report: { events: 13, size: 13 },
    });
  });

  it('brings the policy under which the case runs, with its calendar', async () => {
    const { version, calendar } = await loadPolicy();
    const text = await write({ kind: 'CASE', stream });
    expect(await read(text)).toMatchObject({ report: { policies: [version] } });
    const line = text.split('\n').find((one) => one.startsWith('{"policy":')) ?? '{}';
    expect((JSON.parse(line) as { policy: { calendar: unknown } }).policy.calendar).toEqual(
      JSON.parse(JSON.stringify(calendar)),
    );
  });

  it('of a case that is not there, or of which nothing is signed, is refused', async () => {
    await expect(write({ kind: 'CASE', stream: newStream() })).rejects.toMatchObject({
      code: 'EID_ERR_CASE_UNKNOWN',
    });
    await expect(write({ kind: 'UNIT', unit: 'NOWHERE' })).rejects.toMatchObject({
      code: 'EID_ERR_CASE_UNKNOWN',
    });
  });

  it('shows that the log goes on from an earlier checkpoint, and is refused when the reader has one that it does not speak of', async () => {
    const text = await write({ kind: 'CASE', stream }, { since: [first] });
    expect(await read(text, { keys: ring.keys, earlier: first })).toMatchObject({
      holds: true,
      report: { consistentWith: [6] },
    });
    expect(
      await fault(await write({ kind: 'CASE', stream }), { keys: ring.keys, earlier: first }),
    ).toMatchObject({
      check: 'CONSISTENCY',
    });
    const same = (
      JSON.parse(text.split('\n').find((one) => one.startsWith('{"checkpoint":')) ?? '{}') as {
        checkpoint: string;
      }
    ).checkpoint;
    expect(
      await read(await write({ kind: 'CASE', stream }), { keys: ring.keys, earlier: same }),
    ).toMatchObject({ holds: true, report: { consistentWith: [expect.any(Number)] } });
    const changed = parseNote(first)?.text.replace(/\n6\n/, '\n5\n') ?? '';
    const forged = formatNote({ text: changed, signatures: [signText(ring.signer, changed)] });
    expect(await fault(await write({ kind: 'CASE', stream }, { since: [forged] }))).toMatchObject({
      check: 'CONSISTENCY',
    });
  });

  it('is not believed by whoever trusts another key, and without any trust says that nothing vouches for the key', async () => {
    const text = await write({ kind: 'CASE', stream });
    const stranger = signerKey(ORIGIN, 'ED25519', Buffer.alloc(32, 9));
    expect(await fault(text, { keys: [stranger] })).toMatchObject({ check: 'KEYS' });
    expect(await read(text, {})).toMatchObject({ holds: true, report: { trusted: false } });
  });

  it('is believed by whoever trusts the first key after a rotation', async () => {
    const trust = { keys: ring.keys };
    ring = await rotateRing(keysIn(folder), ORIGIN, Date.now());
    expect(await read(await write({ kind: 'CASE', stream }), trust)).toMatchObject({
      holds: true,
      report: { sealed: true },
    });
  });

  it('says how many witnesses cosigned, and is refused when they are too few', async () => {
    const enough = (by: readonly unknown[]) => by.length > 0;
    const witness = signerKey('example.org/witness', 'COSIGNATURE', Buffer.alloc(32, 4));
    expect(
      await fault(await write({ kind: 'CASE', stream }), {
        keys: ring.keys,
        witnesses: [witness],
        enough,
      }),
    ).toMatchObject({
      check: 'WITNESSES',
    });
    const text = (
      await write({ kind: 'CASE', stream }, { ring: { keys: ring.keys, rotations: ring.rotations } })
    ).replace(/\{"checkpoint":"(.*)"\}\n/, (_, escaped: string) => {
      const signed = parseNote(JSON.parse(`"${escaped}"`) as string);
      if (!signed) throw new Error('no checkpoint');
      const cosigned = {
        ...signed,
        signatures: [...signed.signatures, signText(witness, signed.text, 1_772_400_000)],
      };
      return `${JSON.stringify({ checkpoint: formatNote(cosigned) })}\n`;
    });
    expect(await read(reEnded(text), { keys: ring.keys, witnesses: [witness], enough })).toMatchObject({
      holds: true,
      report: { witnesses: [{ name: 'example.org/witness', at: '2026-03-01T21:20:00.000Z' }], sealed: false },
    });
  });

  describe('that somebody altered and wrote a new ending to', () => {
    const lines = (text: string) => text.split('\n').slice(0, -1);
    const events = (text: string) =>
      lines(text).flatMap((line, i) => (line.startsWith('{"event"') ? [i] : []));
    /** Alters lines of an unsealed bundle and makes its ending right again. */
    const altered = async (scope: BundleScope, alter: (lines: string[]) => string[]) => {
      const text = await write(scope, { ring: { keys: ring.keys, rotations: ring.rotations } });
      return reEnded(`${alter(lines(text)).join('\n')}\n`);
    };
    const changes: [string, (all: string[]) => string[], object][] = [
      ['a payload', (all) => all.map((line) => line.replace('một', 'hai')), { check: 'EVENTS', position: 3 }],
      [
        'an actor',
        (all) => all.map((line) => line.replace('Nguyễn Văn An', 'Trần Bình')),
        { check: 'EVENTS', position: 1 },
      ],
      [
        'the moment of recording',
        (all) => all.map((line) => line.replace(/"recordedAt":"20\d\d/, '"recordedAt":"1999')),
        { check: 'EVENTS', position: 1 },
      ],
      [
        'two events swapped',
        (all) => {
          const [a = 0, b = 0] = events(`${all.join('\n')}\n`).slice(1);
          return all.map((line, i) => (i === a ? (all[b] ?? '') : i === b ? (all[a] ?? '') : line));
        },
        { check: 'EVENTS' },
      ],
      [
        'an event left out',
        (all) => all.filter((_, i) => i !== events(`${all.join('\n')}\n`)[2]),
        { check: 'EVENTS' },
      ],
      [
        'a hash of the tree',
        (all) => {
          const at = all.findIndex((line) => line.startsWith('{"skip"'));
          return all.map((line, i) =>
            i === at
              ? JSON.stringify({
                  skip: { hash: Buffer.alloc(32).toString('base64'), level: JSON.parse(line).skip.level },
                })
              : line,
          );
        },
        { check: 'TREE' },
      ],
      [
        'a policy',
        (all) =>
          all.map((line) =>
            line.startsWith('{"policy"') ? line.replace('working_days', 'calendar_days') : line,
          ),
        { check: 'POLICIES' },
      ],
      [
        'the list of policies',
        (all) => all.map((line) => (line.startsWith('{"policies"') ? '{"policies":[]}' : line)),
        { check: 'POLICIES' },
      ],
      [
        'the checkpoint',
        (all) =>
          all.map((line) => (line.startsWith('{"checkpoint"') ? line.replace(/\\n13\\n/, '\\n14\\n') : line)),
        { check: 'CHECKPOINT' },
      ],
      [
        'the scope',
        (all) => all.map((line, i) => (i === 0 ? line.replace(stream, other) : line)),
        { check: 'SCOPE', position: 1 },
      ],
      [
        'the key',
        (all) => all.map((line) => line.replace(/\{"key":"([^+]*)\+[0-9a-f]{8}/, '{"key":"$1+00000000')),
        { check: 'KEYS' },
      ],
    ];
    it.each(changes)('shows %s', async (_, alter, expected) => {
      expect(await fault(await altered({ kind: 'CASE', stream }, alter))).toMatchObject(expected);
    });

    it('shows an event of a case that its hash alone stands for', async () => {
      const text = await altered({ kind: 'CASE', stream }, (all) => {
        const at = events(`${all.join('\n')}\n`)[1] ?? 0;
        const { event } = JSON.parse(all[at] ?? '') as { event: { hash: string } };
        return all.map((line, i) => (i === at ? skipOf(event.hash) : line));
      });
      expect(await fault(text)).toMatchObject({ check: 'SCOPE' });
    });

    it('shows in a bundle of all that anything was left out', async () => {
      const text = await altered({ kind: 'ALL' }, (all) => {
        const at = events(`${all.join('\n')}\n`).at(-1) ?? 0;
        const { event } = JSON.parse(all[at] ?? '') as { event: { hash: string } };
        return all.map((line, i) => (i === at ? skipOf(event.hash) : line));
      });
      expect(await fault(text)).toMatchObject({ check: 'SCOPE', position: 13 });
    });

    it('tells of a case whose last event was left out by the seal alone, which nobody can make anew', async () => {
      const shorter = (all: string[]) => {
        const at = events(`${all.join('\n')}\n`).at(-1) ?? 0;
        const { event } = JSON.parse(all[at] ?? '') as { event: { hash: string } };
        return all.map((line, i) => (i === at ? skipOf(event.hash) : line));
      };
      expect(await read(await altered({ kind: 'CASE', stream }, shorter))).toMatchObject({
        holds: true,
        report: { sealed: false },
      });
      const sealed = lines(await write({ kind: 'CASE', stream }));
      const text = reEnded(`${shorter(sealed).join('\n')}\n`);
      expect(await fault(text)).toMatchObject({ check: 'SEAL' });
    });

    it('shows a log made up by somebody with keys of their own', async () => {
      const text = await write(
        { kind: 'ALL' },
        { ring: { ...(await openRing(join(folder, 'forged'), ORIGIN, 0)) } },
      );
      expect(await fault(text)).toMatchObject({ check: 'KEYS' });
    });
  });

  describe('with one bit changed', () => {
    let bundles: Buffer[] = [];
    beforeAll(async () => {
      bundles = [
        Buffer.from(await write({ kind: 'CASE', stream }, { since: [first] })),
        Buffer.from(await write({ kind: 'ALL' }, { ring: { keys: ring.keys, rotations: ring.rotations } })),
      ].map((bytes) => {
        const lines = bytes
          .toString()
          .split('\n')
          .filter((line) => !line.startsWith('{"policy"'));
        return Buffer.from(reEnded(lines.join('\n'), ring.signer)); // most bits would be those of the policy
      });
    });

    prop.prop([fc.nat(), fc.nat()], { numRuns: 3_000 })(
      'never holds, and says where',
      async (which, pick) => {
        const bytes = Buffer.from(bundles[which % bundles.length] ?? Buffer.alloc(1));
        const bit = pick % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        for (const trust of [{ keys: ring.keys }, {}]) {
          const verdict = await read(bytes, trust);
          expect(verdict.holds).toBe(false);
          if (!verdict.holds) expect(verdict.fault.line).toBeGreaterThan(0);
        }
      },
    );

    prop.prop([fc.nat()], { numRuns: 300 })('or cut off never holds', async (pick) => {
      const [bytes = Buffer.alloc(0)] = bundles;
      const sealAt = bytes.lastIndexOf('{"seal"');
      const length = pick % bytes.length;
      if (length !== sealAt) expect((await read(bytes.subarray(0, length))).holds).toBe(false);
    });
  });

  it('is not written of a log whose events were altered: whoever reads it is told', async () => {
    await tamper(
      store.url(),
      `update orgeid.events set body = replace(body, 'một', 'hai') where position = 3`,
    );
    try {
      expect(await fault(await write({ kind: 'CASE', stream }))).toMatchObject({
        check: 'EVENTS',
        position: 3,
      });
    } finally {
      await tamper(
        store.url(),
        `update orgeid.events set body = replace(body, 'hai', 'một') where position = 3`,
      );
    }
  });
});

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}
