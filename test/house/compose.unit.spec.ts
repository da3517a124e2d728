import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { natsAccounts } from '../../bus/permissions/config.ts';
import { program } from '../../cli/main.ts';
import { checkEnvironment, withoutEmpty } from '../../cli/serve.ts';
import { natsConfig, temporalArgs } from '../../engines/config.ts';
import { Party } from '../../schemas/registry.ts';
import { roles } from '../../store/roles/roles.ts';
import { compose, composeDocument, service, variables } from './composeFile.ts';
import { composeErrors } from './composeSchema.ts';
import { read, repositoryFiles, root } from './repository.ts';

const versions: Readonly<Record<'temporalServer' | 'nats' | 'postgres', string>> = JSON.parse(
  read('engines/versions.json'),
);
const names = Object.keys(compose.services);
const natsServers = names.filter((name) => name.startsWith('nats-'));
const oneShots = ['temporal-schema', 'temporal-namespace', 'setup'];
const image = (name: string) => service(name).image;

describe('docker-compose.yml', () => {
  it('follows the compose specification', () => {
    expect(composeErrors(composeDocument)).toEqual([]);
  });

  it.each([
    ['an unknown key', { services: { a: { image: 'a', imagee: 'b' } } }],
    ['a wrong condition', { services: { a: { image: 'a', depends_on: { b: { condition: 'ready' } } } } }],
    ['a duration without a unit', { services: { a: { image: 'a', healthcheck: { interval: '5' } } } }],
  ])('would be refused with %s', (_what, document) => {
    expect(composeErrors(document)).not.toEqual([]);
  });

  it('runs the versions of engines/versions.json', () => {
    expect(image('postgres')).toBe(`postgres:${versions.postgres}`);
    expect(image('temporal')).toBe(`temporalio/server:${versions.temporalServer}`);
    expect(image('temporal-schema')).toBe(`temporalio/admin-tools:${versions.temporalServer}`);
    expect(image('temporal-namespace')).toBe(`temporalio/admin-tools:${versions.temporalServer}`);
    expect(natsServers.map(image)).toEqual(Array(3).fill(`nats:${versions.nats}-alpine`));
  });

  it('runs the web UI that comes with the development server', () => {
    const bundled = /temporalio\/ui-server\/v2 v(\S+)/.exec(read('engines/temporal/go.mod'))?.[1];
    expect(image('temporal-ui')).toBe(`temporalio/ui:${bundled}`);
  });

  it('builds one image for every process of the project, tagged with its version', () => {
    const built = names.filter((name) => service(name).build);
    const { version } = JSON.parse(read('package.json'));
    expect(built).toEqual(expect.arrayContaining(['setup', 'worker', 'api']));
    expect(new Set(built.map(image))).toEqual(new Set([`orgeid:${version}`]));
  });

  it('knows of each service whether it is well, or that it must end well', () => {
    for (const name of names) {
      const waiting = names.map((other) => service(other).depends_on[name]?.condition).filter(Boolean);
      if (oneShots.includes(name)) {
        expect(service(name).restart, name).toBe('on-failure');
        expect(new Set(waiting), name).toEqual(new Set(['service_completed_successfully']));
      } else {
        expect(service(name).healthcheck, name).toBeDefined();
        expect(
          waiting.filter((condition) => condition !== 'service_healthy'),
          name,
        ).toEqual([]);
      }
    }
  });

  it('waits only for services that start with it', () => {
    for (const name of names) {
      for (const other of Object.keys(service(name).depends_on)) {
        const { profiles } = service(other);
        expect(profiles.length === 0 || profiles.some((p) => service(name).profiles.includes(p)), name).toBe(
          true,
        );
      }
    }
  });

  it('keeps its state in volumes that are declared', () => {
    const kept = names.flatMap((name) => service(name).volumes.map((volume) => volume.split(':')[0] ?? ''));
    const named = kept.filter((source) => !source.startsWith('.'));
    expect(new Set(named)).toEqual(new Set(Object.keys(compose.volumes)));
    // The workers sign with what the API only reads.
    const shared = named.filter((source, i) => named.indexOf(source) !== i);
    expect(shared).toEqual(['audit']);
    expect(service('api').volumes).toContain('audit:/app/audit:ro');
    expect(service('postgres').volumes).toContain('postgres:/var/lib/postgresql');
  });

  it('mounts and runs only files that exist', () => {
    const paths = names.flatMap((name) => [
      ...service(name).volumes.flatMap((volume) =>
        volume.startsWith('.') ? [volume.split(':')[0] ?? ''] : [],
      ),
      ...(service(name).command ?? []).filter((word) => /^\w+\/.*\.(ts|mjs|json)$/.test(word)),
    ]);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(`${root}/${path}`))).toEqual([]);
  });

  it('publishes ports on the loopback address only', () => {
    const ports = names.flatMap((name) => service(name).ports);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });
});

describe('the image', () => {
  it('holds every folder that a process may need, and no test', () => {
    const lines = read('.dockerignore').split('\n');
    const folders = repositoryFiles('*.ts').flatMap((path) =>
      path.includes('/') ? [path.split('/')[0]] : [],
    );
    const needed = [...new Set(folders)].filter((name) => !['test', 'bench', 'scripts'].includes(name ?? ''));
    expect(lines).toEqual(expect.arrayContaining(['*', '**/*.spec.ts', ...needed.map((name) => `!${name}`)]));
    expect(lines).not.toContain('!test');
    expect(lines).not.toContain('!.env');
  });

  it('runs on a supported Node without the rights of root and says whether it is well', () => {
    const lines = read('Dockerfile').split('\n');
    expect(lines.find((line) => line.startsWith('FROM '))).toMatch(/^FROM node:(22|24)-slim$/);
    expect(lines.indexOf('USER node')).toBeGreaterThan(lines.indexOf('COPY . .'));
    expect(lines.filter((line) => line.startsWith('HEALTHCHECK '))).toHaveLength(1);
  });
});

describe('secrets of docker-compose.yml', () => {
  const example = new Map(
    read('.env.example')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line): [string, string] => [line.split('=')[0] ?? '', line.split('=').slice(1).join('=')]),
  );
  const secrets = [...example.keys()].filter((name) => name.endsWith('PASSWORD'));
  const needed = [...secrets, 'ORGEID_OIDC_ISSUER'];

  it('come from variables without a default, empty in .env.example, as does who signs people in', () => {
    expect(secrets).toHaveLength(7);
    for (const name of needed) {
      const uses = variables.filter((variable) => variable.name === name);
      expect(uses.length, name).toBeGreaterThan(0);
      expect(
        uses.filter(({ rest }) => !rest.startsWith(':?')),
        name,
      ).toEqual([]);
      expect(example.get(name), name).toBe('');
    }
  });

  it('stand nowhere in the file itself', () => {
    for (const name of names) {
      for (const [key, value] of Object.entries(service(name).environment)) {
        if (/PASSWORD|PWD|SECRET|TOKEN/.test(key))
          expect(value, `${name} ${key}`).toMatch(/^"?\$\{\w+:\?[^}]+\}"?$/);
      }
    }
    const withoutVariables = read('docker-compose.yml').replaceAll(/\$\{[^}]*\}/g, '$');
    expect([...withoutVariables.matchAll(/:\/\/\w+:([^@\s]+)@/g)].filter(([, word]) => word !== '$')).toEqual(
      [],
    );
  });

  it('and all other variables are named in .env.example, with the default that the file has', () => {
    expect(new Set(variables.map(({ name }) => name))).toEqual(new Set(example.keys()));
    for (const { name, rest } of variables) {
      if (!needed.includes(name)) expect(rest, name).toBe(`:-${example.get(name)}`);
    }
  });
});

describe('the logins of PostgreSQL', () => {
  const knowing = (word: string) =>
    names.filter((name) => JSON.stringify(service(name).environment).includes(word));

  it('are given to those who need them: the owner’s to setup alone, the writer’s to workers and API', () => {
    expect(knowing('${POSTGRES_PASSWORD')).toEqual(['postgres', 'setup']);
    expect(knowing('${POSTGRES_WRITER_PASSWORD')).toEqual(['setup', 'worker', 'api']);
    expect(knowing('${POSTGRES_AUDITOR_PASSWORD')).toEqual(['setup']);
    expect(service('worker').environment.ORGEID_POSTGRES_URL).toBe(
      service('setup').environment.ORGEID_POSTGRES_WRITER_URL,
    );
  });

  it('can be made by an administrator with a script that knows every role', () => {
    const script = read('deploy/postgres/roles.sql');
    for (const role of roles) expect(script).toContain(`'${role}'`);
  });
});

describe('the NATS cluster', () => {
  it('has three servers with names and volumes of their own', () => {
    expect(natsServers).toEqual(['nats-1', 'nats-2', 'nats-3']);
    for (const name of natsServers) {
      expect(service(name).environment.NATS_SERVER_NAME).toBe(name);
      expect(service(name).volumes).toContain(`${name}:/data`);
    }
  });

  it('has a route from each server to every server, with the password of routes', () => {
    const routes = natsServers.map(
      (name) => `"nats://route:\${NATS_ROUTE_PASSWORD:?set it in .env}@${name}:6222"`,
    );
    for (const name of natsServers) {
      const { environment } = service(name);
      expect([environment.NATS_ROUTE_1, environment.NATS_ROUTE_2, environment.NATS_ROUTE_3]).toEqual(routes);
    }
    expect(read('deploy/nats/nats.conf')).toContain('routes: [$NATS_ROUTE_1, $NATS_ROUTE_2, $NATS_ROUTE_3]');
  });

  it('has the configuration of the embedded server, for a cluster', () => {
    expect(read('deploy/nats/nats.conf')).toBe(natsConfig({ cluster: true, storeDir: '/data' }));
  });

  it('lets mock parties in with a key of their own, and never with the password of the system', () => {
    const mocks = names.filter((name) => /^(registry|channel)-/.test(name));
    expect(mocks.length).toBe(Party.options.length);
    for (const name of mocks) {
      const command = service(name).command ?? [];
      const party = name.split('-')[1]?.toUpperCase();
      expect(command).toEqual(expect.arrayContaining([`--party=${party}`, `/run/keys/${party}.seed`]));
      expect(command.join(' ')).not.toContain('@');
    }
  });

  it('reads from the environment nothing that compose does not give', () => {
    const config = `${read('deploy/nats/nats.conf')}${natsAccounts([])}`.replaceAll(/"[^"]*"/g, '');
    const wanted = [...config.matchAll(/\$(\w+)/g)].map(([, name]) => name);
    for (const name of natsServers)
      expect(Object.keys(service(name).environment)).toEqual(expect.arrayContaining(wanted));
  });

  it('keeps three copies of each stream', () => {
    expect(service('worker').environment.ORGEID_STREAM_REPLICAS).toBe(String(natsServers.length));
  });
});

it('Temporal is tuned as the development server is', () => {
  const args = temporalArgs({ port: 1, dbFile: 'x' });
  const tuned = args.flatMap((word, i) => (word === '--dynamic-config-value' ? [args[i + 1] ?? ''] : []));
  const deployed: Record<string, { value: unknown }[]> = parse(read('deploy/temporal/dynamicconfig.yaml'));
  expect(Object.entries(deployed).map(([key, [first]]) => `${key}=${String(first?.value)}`)).toEqual(tuned);
});

it('new cases take the policy that the image ships, unless the environment names another', () => {
  expect(service('worker').environment.ORGEID_POLICY_VERSION).toMatch(/^\$\{ORGEID_POLICY_VERSION:-\}$/);
});

describe('the API', () => {
  const { command = [], environment, profiles, healthcheck, ports, depends_on } = service('api');

  it('starts with everything else, and waits for the log and the namespace', () => {
    expect(profiles).toEqual([]);
    expect(Object.keys(depends_on)).toEqual(['setup', 'temporal-namespace']);
  });

  it('is the command serve, on the port that is published and asked for its health', () => {
    const [, file, name, ...args] = command;
    expect(file).toBe('cli/orgeid.mjs');
    expect(program().commands.map((one) => one.name())).toContain(name);
    const [, port] = /:(\d+)$/.exec(args.at(-1) ?? '') ?? [];
    expect(ports).toEqual([expect.stringMatching(new RegExp(`:${port}$`))]);
    expect(healthcheck?.test.at(-1)).toBe(`http://127.0.0.1:${port}/health`);
  });

  it('has all that serve needs, and nothing of it is out of shape', () => {
    const given = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value.replaceAll(/\$\{\w+:-?([^}]*)\}/g, '$1'),
      ]),
    );
    const env = withoutEmpty({ ...given, ORGEID_OIDC_ISSUER: 'https://identity.example.vn' });
    expect(() => checkEnvironment(env)).not.toThrow();
    const { ORGEID_OIDC_ISSUER: _, ...without } = env;
    expect(() => checkEnvironment(without)).toThrow('EID_ERR_USAGE');
  });
});
