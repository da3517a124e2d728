import { describe, expect, it } from 'vitest';
import type { Probes } from './probes.ts';
import { resolveEngine } from './resolve.ts';
import { versions } from './versions.ts';

/** A machine that has nothing, but for what the test gives it. */
function machine(has: Partial<Probes> = {}): Probes {
  return {
    env: () => undefined,
    onPath: () => [],
    versionOf: async () => undefined,
    cached: () => undefined,
    goVersion: async () => undefined,
    build: async () => {
      throw new Error('nothing was to be built');
    },
    packagedPostgres: async () => undefined,
    ...has,
  };
}

describe('resolveEngine', () => {
  it('uses the address in the environment before anything else', async () => {
    const probes = machine({
      env: (name) => (name === 'ORGEID_NATS_URL' ? 'nats://10.0.0.1:4222' : undefined),
      onPath: () => ['/usr/bin/nats-server'],
      versionOf: async () => versions.nats,
    });
    expect(await resolveEngine('nats', probes)).toEqual({ kind: 'address', address: 'nats://10.0.0.1:4222' });
  });

  it('uses a binary on PATH of the pinned version before the cache', async () => {
    const probes = machine({
      onPath: (binary) => [`/usr/bin/${binary}`],
      versionOf: async () => versions.temporal,
      cached: () => '/cache/temporal',
    });
    expect(await resolveEngine('temporal', probes)).toEqual({
      kind: 'binary',
      path: '/usr/bin/temporal',
      from: 'path',
    });
  });

  it('passes over a binary on PATH that is too old or does not say its version', async () => {
    const said: Record<string, string> = { '/old/nats-server': '2.10.0' };
    const probes = machine({
      onPath: () => ['/old/nats-server', '/mute/nats-server'],
      versionOf: async (path) => said[path],
      cached: () => '/cache/nats-server',
    });
    expect(await resolveEngine('nats', probes)).toMatchObject({ path: '/cache/nats-server', from: 'cache' });
  });

  it('builds with Go what neither PATH nor the cache holds', async () => {
    const probes = machine({ goVersion: async () => '1.26.8', build: async (name) => `/built/${name}` });
    expect(await resolveEngine('temporal', probes)).toEqual({
      kind: 'binary',
      path: '/built/temporal',
      from: 'build',
    });
  });

  it('says in one sentence how to get Go when it is needed and missing', async () => {
    await expect(resolveEngine('temporal', machine())).rejects.toMatchObject({
      code: 'EID_ERR_ENGINE_MISSING',
      message: expect.stringMatching(
        /temporal .* was not found.*https:\/\/go\.dev\/dl\/.*ORGEID_TEMPORAL_ADDRESS/,
      ),
    });
  });

  it('lets an older Go fetch its toolchain, unless that is switched off', async () => {
    const older = { goVersion: async () => '1.24.1', build: async () => '/built/nats-server' };
    expect(await resolveEngine('nats', machine(older))).toMatchObject({ from: 'build' });
    const local = machine({ ...older, env: (name) => (name === 'GOTOOLCHAIN' ? 'local' : undefined) });
    await expect(resolveEngine('nats', local)).rejects.toMatchObject({
      code: 'EID_ERR_ENGINE_MISSING',
      message: expect.stringContaining('Go 1.24.1 is too old'),
    });
  });

  it('takes PostgreSQL from npm, never from a build', async () => {
    const probes = machine({
      packagedPostgres: async () => '/modules/postgres',
      goVersion: async () => '1.26.8',
    });
    expect(await resolveEngine('postgres', probes)).toEqual({
      kind: 'binary',
      path: '/modules/postgres',
      from: 'npm',
    });
    await expect(resolveEngine('postgres', machine())).rejects.toMatchObject({
      code: 'EID_ERR_ENGINE_MISSING',
    });
  });

  it('passes over a postgres without initdb beside it', async () => {
    const probes = machine({
      onPath: () => ['/nowhere/postgres'],
      versionOf: async () => versions.postgres,
      packagedPostgres: async () => '/modules/postgres',
    });
    expect(await resolveEngine('postgres', probes)).toMatchObject({ from: 'npm' });
  });
});
