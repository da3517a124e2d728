import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type IConfiguration, type ICruiseOptions, type IResolveOptions } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';
import { read, repositoryFiles, root } from './repository.ts';
import { runtimeImports } from './runtimeImports.ts';

type Rules = {
  readonly default: Required<Pick<IConfiguration, 'forbidden'>> & {
    readonly options: ICruiseOptions & { readonly enhancedResolveOptions: Partial<IResolveOptions> };
  };
  readonly rooms: Readonly<Record<string, readonly string[]>>;
};
const { default: config, rooms } = (await import(`${root}/.dependency-cruiser.mjs`)) as Rules;

const folder = mkdtempSync(join(tmpdir(), 'orgeid-imports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixture: Record<string, string> = {
  'package.json': '{"name":"fixture","type":"module","dependencies":{"zod":"4","pg":"8"}}',
  'node_modules/zod/package.json': '{"name":"zod","main":"index.js"}',
  'node_modules/zod/index.js': 'export const z = 1;',
  'node_modules/pg/package.json': '{"name":"pg","main":"index.js"}',
  'node_modules/pg/index.js': 'export const pool = 1;',
  'schemas/case.ts': "import { z } from 'zod';\nexport type Case = typeof z;",
  'domain/good.ts': "import type { Case } from '../schemas/case.ts';\nexport type Good = Case;",
  'domain/upward.ts': "import { append } from '../store/append.ts';\nexport const upward = append;",
  'domain/upwardType.ts': "import type { Append } from '../store/append.ts';\nexport type Upward = Append;",
  'domain/withPackage.ts': "import { z } from 'zod';\nexport const withPackage = z;",
  'domain/withNode.ts': "import { hash } from 'node:crypto';\nexport const withNode = hash;",
  'domain/rule.unit.spec.ts': "import { append } from '../store/append.ts';\nexport const spec = append;",
  'domain/loop.ts': "import { back } from './back.ts';\nexport const loop = back;",
  'domain/back.ts': "import { loop } from './loop.ts';\nexport const back = loop;",
  'workflows/good.ts': "import type { Good } from '../domain/good.ts';\nexport type Flow = Good;",
  'workflows/withActivity.ts':
    "import { record } from '../activities/record.ts';\nexport const flow = record;",
  'workflows/withNode.ts': "import { readFileSync } from 'node:fs';\nexport const flow = readFileSync;",
  'workflows/withPackage.ts': "import { pool } from 'pg';\nexport const flow = pool;",
  'store/append.ts': "import { pool } from 'pg';\nexport type Append = number;\nexport const append = pool;",
  'store/upward.ts': "import { record } from '../activities/record.ts';\nexport const upward = record;",
  'activities/record.ts': "import { append } from '../store/append.ts';\nexport const record = append;",
  'client/withStore.ts': "import { append } from '../store/append.ts';\nexport const client = append;",
  'api/withEngines.ts': "import { start } from '../engines/start.ts';\nexport const api = start;",
  'api/withTest.ts': "import { help } from '../test/help.ts';\nexport const api = help;",
  'api/missing.ts': "import { gone } from './gone.ts';\nexport const api = gone;",
  'engines/start.ts': "import { append } from '../store/append.ts';\nexport const start = append;",
  'workers/main.ts': "import { start } from '../engines/start.ts';\nexport const main = start;",
  'bus/withStore.ts': "import { append } from '../store/append.ts';\nexport const bus = append;",
  'test/help.ts': "import { start } from '../engines/start.ts';\nexport const help = start;",
};

async function violations(): Promise<string[]> {
  for (const [path, text] of Object.entries(fixture)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { forbidden, options } = config;
  const { enhancedResolveOptions, ...cruiseOptions } = options;
  const result = await cruise(
    ['.'],
    { ...cruiseOptions, baseDir: folder, ruleSet: { forbidden }, validate: true },
    enhancedResolveOptions,
  );
  if (typeof result.output === 'string') throw new Error('a report was expected');
  return result.output.summary.violations.map(({ rule, from }) => `${from} ${rule.name}`).sort();
}

describe('the import rules', () => {
  it('refuse each import that goes up the list of rooms, and no other', async () => {
    expect([...new Set(await violations())]).toEqual([
      'api/missing.ts everything-resolves',
      'api/withEngines.ts api-imports-down',
      'api/withEngines.ts engines-are-for-assembly',
      'api/withTest.ts api-imports-down',
      'api/withTest.ts tests-are-not-imported',
      'bus/withStore.ts bus-imports-down',
      'client/withStore.ts client-imports-down',
      'domain/back.ts no-cycles',
      'domain/upward.ts domain-imports-down',
      'domain/upwardType.ts domain-imports-down',
      'domain/withNode.ts pure-rooms-have-no-node',
      'domain/withPackage.ts domain-packages',
      'engines/start.ts engines-imports-down',
      'store/upward.ts store-imports-down',
      'workflows/withActivity.ts workflows-imports-down',
      'workflows/withNode.ts pure-rooms-have-no-node',
      'workflows/withPackage.ts workflows-packages',
    ]);
  });

  it('know every folder that holds code', () => {
    const folders = new Set(
      repositoryFiles('*.ts', '*.mjs').flatMap((path) => (path.includes('/') ? path.split('/')[0] : [])),
    );
    expect([...folders].filter((name) => name !== 'test' && !(name && name in rooms))).toEqual([]);
  });
});

/** Rooms from which only types may be taken: their code would pull zod or the workflow runtime along. */
const typesOnly: Record<string, readonly string[]> = {
  domain: ['schemas', 'node_modules'],
  workflows: ['schemas'],
  activities: ['workflows'],
  client: ['workflows'],
};

describe('imports of types', () => {
  it.each(Object.entries(typesOnly))('%s loads nothing at run time from %j', (room, targets) => {
    const wrong = repositoryFiles(`${room}/*.ts`)
      .filter((path) => !path.endsWith('.spec.ts'))
      .flatMap((path) =>
        runtimeImports(read(path))
          .map((specifier) => ({ specifier, target: targetOf(path, specifier) }))
          .filter(({ specifier, target }) => targets.includes(target) || specifier === 'import()')
          .map(({ specifier }) => `${path} loads ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  it('are told from imports of values', () => {
    const source = [
      "import type { A } from './a.ts';",
      "import { type B } from './b.ts';",
      "import { type C, c } from './c.ts';",
      "import './d.ts';",
      "export type { E } from './e.ts';",
      "export { f } from './f.ts';",
      "export * from './g.ts';",
      "const h = await import('./h.ts');",
    ].join('\n');
    expect(runtimeImports(source)).toEqual(['./c.ts', './d.ts', './f.ts', './g.ts', 'import()']);
  });
});

function targetOf(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return 'node_modules';
  return join(dirname(path), specifier).split('/')[0] ?? '';
}
