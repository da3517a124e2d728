import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointsIn, makeCheckpoint } from '../../audit/checkpoint/make.ts';
import { loadPolicy } from '../../policies/load.ts';
import { readAccessHistory } from '../../store/access-history/read.ts';
import { putPolicy } from '../../store/policy.ts';
import { createRecorder } from '../../store/record.ts';
import { storedTree } from '../../store/tree.ts';
import { newStream, note, projections, tamper, useStore } from '../../test/store/support.ts';
import { parseNote, verifyNote } from '../../transparency/note.ts';
import { consistencyProof } from '../../transparency/proofs.ts';
import { parseTlogPolicy } from '../../transparency/tlogPolicy.ts';
import { cosignedBy } from '../../transparency/witness.ts';

const command = fileURLToPath(new URL('../orgeid.mjs', import.meta.url));

describe('orgeid audit', () => {
  const store = useStore();
  const stream = newStream();
  let home: string;
  let dir: string;
  const file = (name: string) => join(home, name);
  const run = (...args: string[]) => {
    const env = {
      PATH: process.env.PATH,
      ORGEID_POSTGRES_URL: store.url(),
      ORGEID_AUDIT_DIR: dir,
      ORGEID_AUDITOR: 'Lê Thị Thanh',
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'audit', ...args], {
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  /** With nothing but Node: no variables, another folder. */
  const alone = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file('orgeid-verify.mjs'), ...args], {
      env: {},
      cwd: home,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const checkpoint = () =>
    makeCheckpoint({ pool: store.pool(), folder: dir, origin: 'example.org/log', now: Date.now });
  const write = async (version: number) => {
    const { version: policyVersion } = await loadPolicy();
    const events = [{ type: 'Noted', data: { note: `ghi ${version}` } }];
    await createRecorder(store.pool(), projections).record(note(stream, version, { events, policyVersion }));
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'orgeid-'));
    dir = join(home, 'audit');
    await putPolicy(store.pool(), await loadPolicy());
    for (let version = 0; version < 3; version += 1) await write(version);
    writeFileSync(file('march.checkpoint'), (await checkpoint()).note);
    for (let version = 3; version < 5; version += 1) await write(version);
    await checkpoint();
    expect(run('verifier', '--out', file('orgeid-verify.mjs')).status).toBe(0);
    writeFileSync(file('orgeid.policy'), run('keys').stdout);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('exports a case, and one file verifies it without database, network or any package', () => {
    expect(
      run('export', '--case', stream, '--since', file('march.checkpoint'), '--out', file('case.bundle')),
    ).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    const { status, stdout } = alone(
      'case.bundle',
      '--policy',
      'orgeid.policy',
      '--earlier',
      'march.checkpoint',
    );
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('HOLDS') });
    expect(stdout).toContain('exported');
    expect(stdout).toContain('Lê Thị Thanh');
    expect(stdout).toContain('sealed');
    expect(run('verify', file('case.bundle'), '--lang', 'vi')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('CHÚ Ý'),
    });
  });

  it('names what was altered in a bundle, in both languages and as JSON', () => {
    const text = readFileSync(file('case.bundle'), 'utf8');
    writeFileSync(file('altered.bundle'), text.replace('ghi 1', 'ghi 2'));
    expect(alone('altered.bundle')).toMatchObject({
      status: 3,
      stdout: expect.stringContaining(`event 2, case ${stream}`),
    });
    expect(alone('altered.bundle', '--lang', 'vi').stdout).toContain('sự kiện đã bị sửa');
    expect(JSON.parse(alone('altered.bundle', '--json').stdout)).toMatchObject({
      holds: false,
      check: 'EVENTS',
      code: 'ALTERED',
      position: 2,
      stream,
    });
  });

  it('refuses bad input with what to do', () => {
    const refused: [string[], string][] = [
      [['export', '--out', file('x')], 'one of --case'],
      [['export', '--all', '--unit', 'CAX-1'], 'one of --case'],
      [['export', '--from', 'yesterday', '--to', '2026-01-01'], 'instants'],
      [['export', '--case', newStream()], 'EID_ERR_CASE_UNKNOWN'],
      [['export', '--all', '--out', '/nowhere/at/all'], 'EID_ERR_FILE'],
      [['export', '--all', '--since', '/nowhere'], 'EID_ERR_FILE'],
      [['verify'], 'BUNDLE'],
      [['verify', file('case.bundle'), '--key', 'hello'], 'hello'],
      [['verify', file('nothing')], 'ENOENT'],
      [['proof', 'zero'], 'counts from 1'],
      [['proof', '99'], 'EID_ERR_CHECKPOINT_MISSING'],
      [['keys', '--dir', home], 'EID_ERR_FILE'],
      [['checkpoint'], 'ORGEID_TEMPORAL_ADDRESS'],
      [['nonsense'], 'EID_ERR_USAGE'],
    ];
    for (const [args, said] of refused) {
      const { status, stdout, stderr } = run(...args);
      expect(`${args.join(' ')}: ${stderr}`).toContain(said);
      expect([1, 2]).toContain(status);
      expect(stdout).toBe('');
    }
    expect(readdirSync(home)).not.toContain('x');
    expect(alone('case.bundle', '--what')).toMatchObject({ status: 2 });
    expect(alone()).toMatchObject({ status: 2 });
  });

  it('leaves an entry in the access history for what is exported and what is verified', async () => {
    expect(run('verify', '--database').stdout).toMatch(/^WHOLE\n {2}5 events, 4 checkpoints hold\n/);
    const { entries } = await readAccessHistory(store.pool(), {}, 50);
    const noted = entries.map(({ entry }) => [
      entry.action,
      entry.outcome.result,
      entry.actor.name,
      entry.what.stream,
    ]);
    expect(noted).toContainEqual(['EXPORT', 'DONE', 'Lê Thị Thanh', stream]);
    expect(noted).toContainEqual(['AUDIT', 'DONE', 'Lê Thị Thanh', undefined]);
    expect(noted).toContainEqual([
      'EXPORT',
      'REFUSED',
      'Lê Thị Thanh',
      expect.stringContaining('registration-'),
    ]);
  });

  it('says of the log itself what was altered, with its own exit code', async () => {
    await tamper(
      store.url(),
      `update orgeid.events set body = replace(body, 'ghi 1', 'ghi 9') where position = 2`,
    );
    expect(run('verify', '--database')).toMatchObject({ status: 3, stdout: expect.stringContaining('HASH') });
    expect(run('verify', '--database', '--lang', 'vi').stdout).toContain('vị trí 2');
    await tamper(
      store.url(),
      `update orgeid.events set body = replace(body, 'ghi 9', 'ghi 1') where position = 2`,
    );
  });

  it('prints a proof of one event, which the one file verifies for this event and for no other', () => {
    const { stdout } = run('proof', '2');
    expect(stdout).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 1\n[A-Za-z0-9+/=]{44}\n/);
    writeFileSync(file('2.tlog-proof'), stdout);
    const { events } = JSON.parse(run('history', stream, '--json').stdout) as {
      events: { hash: string; position: number }[];
    };
    const verified = (position: number, ...more: string[]) =>
      alone('2.tlog-proof', '--event', events[position - 1]?.hash ?? '', ...more);
    expect(verified(2, '--policy', 'orgeid.policy')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^HOLDS\n.* is at position 2 of the 5 events/),
    });
    expect(verified(3, '--policy', 'orgeid.policy', '--lang', 'vi')).toMatchObject({
      status: 3,
      stdout: expect.stringContaining('sự kiện không ở vị trí này'),
    });
    expect(verified(2)).toMatchObject({ status: 2 });
    expect(alone('2.tlog-proof', '--event', '2', '--policy', 'orgeid.policy')).toMatchObject({ status: 2 });
    expect(
      run(
        'verify',
        file('2.tlog-proof'),
        '--event',
        events[1]?.hash ?? '',
        '--policy',
        file('orgeid.policy'),
      ),
    ).toMatchObject({ status: 0 });
  });

  it('rotates the key without losing who trusts the first', async () => {
    expect(run('keys', '--rotate').stdout.trim().split('\n')).toHaveLength(3);
    await write(5);
    await checkpoint();
    expect(run('export', '--all', '--out', file('all.bundle')).status).toBe(0);
    expect(alone('all.bundle', '--policy', 'orgeid.policy')).toMatchObject({ status: 0 });
    expect(readdirSync(checkpointsIn(dir))).toHaveLength(3);
  });

  it('writes to standard output what another command may read', () => {
    const { stdout } = run('export', '--unit', 'none', '--case', stream);
    expect(stdout).toBe('');
    const bundle = run('export', '--case', stream).stdout;
    const { status } = spawnSync(process.execPath, [file('orgeid-verify.mjs'), '-'], {
      input: bundle,
      env: {},
    });
    expect(status).toBe(0);
  });

  it('serves a witness that cosigns the log, and no other one of its name', async () => {
    const process_ = spawn(
      process.execPath,
      [
        command,
        'audit',
        'witness',
        '--dir',
        file('witness'),
        '--policy',
        file('orgeid.policy'),
        '--name',
        'example.org/witness',
        '--listen',
        '127.0.0.1:0',
      ],
      { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const { value: line } = await createInterface(process_.stdout)[Symbol.asyncIterator]().next();
      const { witnesses } = parseTlogPolicy(
        `${readFileSync(file('orgeid.policy'), 'utf8').replace(/^quorum.*$/m, '')}${line as string}\nquorum none\n`,
      );
      const { subtrees } = storedTree(store.pool());
      const first = readFileSync(file('march.checkpoint'), 'utf8');
      const { note: cosigned, without } = await cosignedBy(
        witnesses,
        first,
        { origin: 'example.org/log', size: 3, root: Buffer.alloc(32), extensions: [] },
        (older, newer) => consistencyProof(subtrees, older, newer),
        5_000,
      );
      expect(without).toEqual([]);
      const read = parseNote(cosigned);
      expect(
        read &&
          verifyNote(
            read,
            witnesses.map(({ key }) => key),
          ),
      ).toMatchObject({ valid: true });
    } finally {
      process_.kill();
    }
  });
});
