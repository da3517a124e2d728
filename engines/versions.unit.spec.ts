import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GO_VERSION } from './resolve.ts';
import { isUsable, parseVersion, versions } from './versions.ts';

const goMod = (engine: string) => readFileSync(new URL(`./${engine}/go.mod`, import.meta.url), 'utf8');

describe('versions', () => {
  it.each([
    ['postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', '15.18'],
    ['nats-server: v2.14.5', '2.14.5'],
    ['temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)', '1.8.2'],
    ['go version go1.26.8 linux/amd64', '1.26.8'],
    ['command not found', undefined],
  ])('reads the version out of "%s"', (text, version) => {
    expect(parseVersion(text)).toBe(version);
  });

  it.each([
    ['2.14.5', '2.14.5', true],
    ['2.15.0', '2.14.5', true],
    ['2.14.4', '2.14.5', false],
    ['3.0.0', '2.14.5', false],
    ['18.10', '18.4', true],
    ['15.18', '18.4', false],
    ['0.0.0', '1.8.2', false],
  ])('%s in place of %s: %s', (found, wanted, usable) => {
    expect(isUsable(found, wanted)).toBe(usable);
  });

  it('builds with Go exactly the versions of versions.json', () => {
    expect(goMod('nats')).toContain(`github.com/nats-io/nats-server/v2 v${versions.nats}`);
    expect(goMod('temporal')).toContain(`github.com/temporalio/cli v${versions.temporal}`);
  });

  it('asks for the Go that the modules ask for', () => {
    for (const engine of ['nats', 'temporal']) expect(goMod(engine)).toContain(`\ngo ${GO_VERSION}\n`);
  });
});
