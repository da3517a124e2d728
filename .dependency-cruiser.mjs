/**
 * Who may import whom. The table is the list of rooms of the architecture, read from the bottom up: a room imports what stands
 * in its row and itself, nothing else. Tests may import anything.
 *
 * Whether an import is of types only cannot be seen here (the swc parser reports both alike): test/house/imports.unit.spec.ts
 * says which of these must be.
 */
export const rooms = {
  schemas: [],
  domain: ['schemas'],
  policies: ['schemas', 'domain'],
  log: [],
  processes: [],
  files: ['schemas', 'domain'],
  telemetry: [],
  workflows: ['schemas', 'domain'],
  transparency: ['schemas', 'domain', 'files'],
  store: ['schemas', 'domain', 'policies', 'transparency'],
  bus: ['schemas'],
  client: ['schemas', 'domain', 'workflows'],
  audit: ['schemas', 'domain', 'policies', 'files', 'transparency', 'store', 'bus', 'log'],
  activities: [
    'schemas',
    'domain',
    'workflows',
    'transparency',
    'store',
    'bus',
    'audit',
    'client',
    'log',
    'processes',
    'telemetry',
  ],
  registries: ['schemas', 'domain', 'bus', 'log', 'telemetry'],
  proof: ['schemas', 'domain', 'files'],
  identity: ['schemas', 'domain', 'log', 'processes'],
  api: [
    'schemas',
    'domain',
    'policies',
    'transparency',
    'store',
    'audit',
    'client',
    'log',
    'proof',
    'identity',
    'processes',
    'telemetry',
  ],
  engines: [],
  scripts: [],
};

const assembly = [...Object.keys(rooms).filter((room) => room !== 'scripts'), 'workers'];
Object.assign(rooms, {
  workers: assembly.filter((room) => room !== 'api'),
  deploy: ['schemas', 'policies', 'store', 'bus', 'engines', 'log'],
  demo: assembly,
  cli: [...assembly, 'demo', 'samples'],
  bench: [...assembly, 'demo', 'samples', 'test/support'],
  samples: ['schemas', 'registries', 'demo'],
});

const spec = '[.]spec[.]ts$';
const any = (folders) => `^(${folders.join('|')})/`;

const roomRules = Object.entries(rooms).map(([room, may]) => ({
  name: `${room}-imports-down`,
  comment: `${room}/ may import ${may.length === 0 ? 'no other room' : may.join(', ')}.`,
  severity: 'error',
  from: { path: `^${room}/`, pathNot: spec },
  to: {
    pathNot: [any([room, ...may]), '(^|/)node_modules/', '^package[.]json$'],
    dependencyTypes: ['local'],
  },
}));

const packageRules = Object.entries({
  domain: [],
  schemas: ['zod'],
  workflows: ['@temporalio/workflow'],
  policies: ['zod', 'yaml'],
  scripts: [],
}).map(([room, packages]) => ({
  name: `${room}-packages`,
  comment: `${room}/ may use ${packages.length === 0 ? 'no package' : packages.join(', ')}.`,
  severity: 'error',
  from: { path: `^${room}/`, pathNot: spec },
  to: {
    path: '(^|/)node_modules/',
    ...(packages.length === 0 ? {} : { pathNot: `(^|/)node_modules/(${packages.join('|')})/` }),
  },
}));

const engineUsers = ['deploy', 'engines', 'workers', 'cli', 'demo', 'bench', 'test'];

export default {
  forbidden: [
    ...roomRules,
    ...packageRules,
    {
      name: 'pure-rooms-have-no-node',
      comment: 'Deciders and workflows are replayed: nothing of the machine may reach them.',
      severity: 'error',
      from: { path: any(['domain', 'workflows', 'schemas']), pathNot: spec },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engines-are-for-assembly',
      comment: `Only ${engineUsers.join(', ')} may start engines.`,
      severity: 'error',
      from: { pathNot: [any(engineUsers), spec] },
      to: { path: '^engines/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: ['^(test|bench)/', spec] },
      to: { path: ['^test/', spec] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      from: { pathNot: [spec, '^(test|vitest[.]config)'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    parser: 'swc',
    exclude: { path: '(^|/)([.]orgeid|coverage)/' },
    doNotFollow: { path: '(^|/)node_modules/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
