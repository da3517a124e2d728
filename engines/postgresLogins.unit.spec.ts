import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { givenLoginUrls, keepLoginUrls, removeLoginUrls, urlFile } from './postgresLogins.ts';

describe('the logins of the own cluster', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'orgeid-logins-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const owner = (port: number) => `postgres://orgeid:secret@127.0.0.1:${port}/orgeid`;

  it('have names and passwords of their own, in files for their owner only', () => {
    const urls = keepLoginUrls(folder, owner(5001));
    expect(urls.migrator).toBe(owner(5001));
    const own = [urls.writer, urls.reader, urls.auditor].map((url) => new URL(url));
    expect(own.map(({ username }) => username)).toEqual([
      'orgeid_writer_login',
      'orgeid_reader_login',
      'orgeid_auditor_login',
    ]);
    expect(new Set([...own.map(({ password }) => password), 'secret']).size).toBe(4);
    expect(readFileSync(urlFile(folder, 'auditor'), 'utf8').trim()).toBe(urls.auditor);
    expect(statSync(urlFile(folder, 'auditor')).mode & 0o777).toBe(0o600);
  });

  it('keep their passwords when the port is another', () => {
    const before = keepLoginUrls(folder, owner(5001));
    const after = keepLoginUrls(folder, owner(5002));
    expect(after.writer).toBe(before.writer.replace(':5001', ':5002'));
  });

  it('go with the cluster', () => {
    keepLoginUrls(folder, owner(5001));
    removeLoginUrls(folder);
    expect(existsSync(urlFile(folder, 'writer'))).toBe(false);
  });
});

it('on a server of the environment, whoever has no address of its own connects as everybody does', () => {
  const env: Record<string, string> = {
    ORGEID_POSTGRES_AUDITOR_URL: 'postgres://a@db/x',
    ORGEID_POSTGRES_READER_URL: '',
  };
  const all = 'postgres://o@db/x';
  expect(givenLoginUrls((name) => env[name], all)).toEqual({
    migrator: all,
    writer: all,
    reader: all,
    auditor: 'postgres://a@db/x',
  });
});
