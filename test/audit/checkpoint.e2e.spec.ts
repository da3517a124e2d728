import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { describe, expect, it, vi } from 'vitest';
import { keptSizes, readKept } from '../../audit/checkpoint/kept.ts';
import { checkpointsIn, keysIn } from '../../audit/checkpoint/make.ts';
import { CHECKPOINT_SUBJECT } from '../../bus/checkpoints.ts';
import { CHECKPOINTS } from '../../bus/streams.ts';
import { checkpointNow } from '../../client/checkpoint.ts';
import { lastCheckpoint } from '../../store/checkpoints.ts';
import { readHead } from '../../store/read.ts';
import { parseNote, verifyNote } from '../../transparency/note.ts';
import { readRing } from '../../transparency/ring.ts';
import { parseTlogPolicy } from '../../transparency/tlogPolicy.ts';
import { auditDir } from '../../workers/system.ts';
import { orgeid } from '../cli/command.ts';
import { tamper } from '../store/support.ts';
import { file, issue, streamOf } from '../support/play.ts';
import { useSystem } from '../support/system.ts';

const system = useSystem({
  organisations: 6,
  workerEnv: { ORGEID_CHECKPOINT_EVENTS: '5', ORGEID_CHECKPOINT_LOOK_MS: '1000' },
});
const folder = () => auditDir(join(system().dataDir, 'engines'));
const kept = () => keptSizes(checkpointsIn(folder()));
const published = async () => {
  const jsm = await jetstreamManager(system().nc);
  const last = await jsm.streams.getMessage(CHECKPOINTS, { last_by_subj: CHECKPOINT_SUBJECT });
  return last?.string();
};

describe('the log of a running system', () => {
  it('is signed by a Schedule as it grows, in the same words outside the database, in it and on NATS', async () => {
    await issue(system(), 1);
    const { position } = await readHead(system().pool);
    await vi.waitUntil(async () => ((await lastCheckpoint(system().pool))?.size ?? 0) > position - 5, {
      timeout: 60_000,
      interval: 200,
    });
    const last = await lastCheckpoint(system().pool);
    if (!last) throw new Error('nothing is signed');
    expect(await readKept(checkpointsIn(folder()), last.size)).toBe(last.note);
    await vi.waitUntil(async () => (await published()) === (await lastCheckpoint(system().pool))?.note, {
      timeout: 20_000,
      interval: 200,
    });
    const note = parseNote(last.note);
    expect(note && verifyNote(note, (await readRing(keysIn(folder()))).keys).valid).toBe(true);
  });

  it('is signed at once for whoever asks, and says the same while nothing is added', async () => {
    await file(system(), 2);
    await system().watch.until(streamOf(2), ({ version }) => version > 3);
    const env = { ORGEID_TEMPORAL_ADDRESS: system().engines.temporal.address };
    const { code, stdout } = await orgeid(['audit', 'checkpoint', '--json'], env).ended;
    expect(code).toBe(0);
    const { size, note } = JSON.parse(stdout) as { size: number; note: string };
    expect(size).toBeLessThanOrEqual((await readHead(system().pool)).position);
    expect(await readKept(checkpointsIn(folder()), size)).toBe(note);
  });

  it('keeps what was published: nobody can delete it', async () => {
    const jsm = await jetstreamManager(system().nc);
    await expect(jsm.streams.purge(CHECKPOINTS)).rejects.toThrow();
    await expect(jsm.streams.deleteMessage(CHECKPOINTS, 1)).rejects.toThrow();
  });

  it('is cosigned by a witness of another house, and goes on being signed when the witness is away', async () => {
    const { keys } = await readRing(keysIn(folder()));
    const policy = join(system().dataDir, 'orgeid.policy');
    const told = await orgeid(['audit', 'keys', '--dir', folder()]).ended;
    writeFileSync(policy, told.stdout);
    const home = join(system().dataDir, 'witness');
    const args = [
      'audit',
      'witness',
      '--dir',
      home,
      '--policy',
      policy,
      '--name',
      'example.org/witness',
      '--listen',
      '127.0.0.1:0',
    ];
    const witness = orgeid(args);
    await witness.until(/\n/);
    const line = witness.said().trim();
    writeFileSync(
      policy,
      readFileSync(policy, 'utf8').replace('quorum none', `${line}\nquorum example.org/witness`),
    );
    const { witnesses, enough } = parseTlogPolicy(readFileSync(policy, 'utf8'));

    const [first] = system().workers;
    await system().addWorker({ ORGEID_TLOG_POLICY: policy });
    await first?.stop();
    const cosigners = (note: string) => {
      const read = parseNote(note);
      const verdict = read && verifyNote(read, [...keys, ...witnesses.map(({ key }) => key)]);
      return verdict?.valid ? verdict.by.map(({ key }) => key) : [];
    };
    await file(system(), 3);
    await vi.waitUntil(async () => enough(cosigners((await lastCheckpoint(system().pool))?.note ?? '')), {
      timeout: 60_000,
      interval: 300,
    });

    witness.child.kill();
    await witness.ended;
    const { position } = await readHead(system().pool);
    await file(system(), 4);
    await system().watch.until(streamOf(4), ({ version }) => version > 3);
    const made = await checkpointNow(system().temporal, 'orgeid');
    expect(made?.size).toBeGreaterThan(position);
    expect(cosigners(made?.note ?? '').map(({ id }) => id)).toEqual(keys.map(({ id }) => id));
  });

  it('is signed no more once it is not the log that was signed, and says so', async () => {
    const { temporal, engines } = system();
    const before = await kept();
    await tamper(
      engines.postgres.url,
      `update orgeid.events set hash = sha256(hash) where position = (select max(position) from orgeid.events)`,
    );
    await file(system(), 5).catch(() => undefined);
    await system().watch.until(streamOf(5), ({ version }) => version > 3);
    await expect(checkpointNow(temporal, 'orgeid')).rejects.toThrow();
    expect(await kept()).toEqual(before);
    const { code, stderr } = await orgeid(['audit', 'checkpoint'], {
      ORGEID_TEMPORAL_ADDRESS: engines.temporal.address,
    }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('EID_ERR_LOG_BROKEN');
  });
});
