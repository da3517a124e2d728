import { describe, expect, it } from 'vitest';
import { initdbArgs, natsConfig, postgresArgs, temporalArgs } from './config.ts';

describe('configuration of the engines', () => {
  it('binds NATS to the loopback and keeps JetStream in the given folder', () => {
    const config = natsConfig({ port: 4333, storeDir: '/data/a "b"/nats' });
    expect(config).toContain('listen: "127.0.0.1:4333"');
    expect(config).toContain('store_dir: "/data/a \\"b\\"/nats"');
  });

  it('runs PostgreSQL durable and on the loopback only, with no socket file', () => {
    const args = postgresArgs({ port: 5544, dataDir: '/data/postgres' });
    expect(args.slice(0, 4)).toEqual(['-D', '/data/postgres', '-p', '5544']);
    expect(args).toEqual(
      expect.arrayContaining([
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        'fsync=on',
        'synchronous_commit=on',
        'full_page_writes=on',
      ]),
    );
  });

  it('makes a UTF-8 cluster with passwords, whatever locales the machine has', () => {
    const args = initdbArgs({ dataDir: '/data/postgres', passwordFile: '/data/pw' });
    expect(args).toEqual(
      expect.arrayContaining(['--auth=scram-sha-256', '--encoding=UTF8', '--locale-provider=builtin']),
    );
  });

  it('runs Temporal durable: a file, WAL, and an fsync at each commit', () => {
    const args = temporalArgs({ port: 7444, dbFile: '/data/t.db' }).join(' ');
    expect(args).toContain('--db-filename /data/t.db');
    expect(args).toContain('--sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=2');
    expect(args).toContain('--headless');
  });

  it('lifts the limits of the dev server that slow a command down or refuse a crowd', () => {
    const args = temporalArgs({ port: 7444, dbFile: '/data/t.db' });
    const keys = args.flatMap((arg, i) =>
      args[i - 1] === '--dynamic-config-value' ? [arg.split('=')[0]] : [],
    );
    expect(keys).toEqual(
      expect.arrayContaining([
        'frontend.rps',
        'frontend.namespaceRPS',
        'frontend.namespaceCount',
        'history.maxInFlightUpdates',
        'history.transferProcessorMaxPollRPS',
        'system.enableActivityEagerExecution',
      ]),
    );
  });

  it('shows the web page of Temporal on the loopback only when asked', () => {
    const args = temporalArgs({ port: 7444, dbFile: '/data/t.db', uiPort: 8444 });
    expect(args).not.toContain('--headless');
    expect(args.join(' ')).toContain('--ui-ip 127.0.0.1 --ui-port 8444');
  });
});
