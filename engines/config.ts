import { versions } from './versions.ts';

/** File beside `nats.conf` with the server's users; bus/permissions makes its text. */
export const USERS_FILE = 'users.conf';

/** Before anybody was admitted: the system alone, by the password that the server reads from its environment. */
export const SYSTEM_ONLY = `accounts: {
  "ORGEID": { "jetstream": "enabled", "users": [ { "user": "orgeid", "password": $NATS_PASSWORD } ] }
}
`;

/** Where a NATS server listens and stores, and what makes it one of a cluster. */
export type NatsServer =
  | { readonly port: number; readonly storeDir: string; readonly cluster?: undefined }
  | { readonly cluster: true; readonly storeDir: string };

/**
 * NATS server configuration: JetStream on disk, and the users of the file beside it; nobody else connects. One server listens on
 * the loopback only; those of a cluster take name, routes and passwords from their environment, where these carry their own
 * quotes: without them NATS would read a password such as 12e3 as a number.
 *
 * `sync_interval` stays lazy: a killed server loses nothing (the page cache is the kernel's), and after a power cut the
 * relay refills EVENTS from PostgreSQL and Temporal's retries ask again what QUERIES and ANSWERS lost.
 */
export function natsConfig(server: NatsServer): string {
  const listen = server.cluster
    ? ['server_name: $NATS_SERVER_NAME', 'listen: "0.0.0.0:4222"', 'http: "127.0.0.1:8222"']
    : ['server_name: orgeid', `listen: "127.0.0.1:${server.port}"`];
  const cluster = `
cluster {
  name: "orgeid"
  listen: "0.0.0.0:6222"
  authorization {
    user: "route"
    password: $NATS_ROUTE_PASSWORD
  }
  routes: [$NATS_ROUTE_1, $NATS_ROUTE_2, $NATS_ROUTE_3]
}
`;
  return `${listen.join('\n')}

jetstream {
  store_dir: ${JSON.stringify(server.storeDir)}
  sync_interval: "10s"
}

include "${USERS_FILE}"
${server.cluster ? cluster : ''}`;
}

/** `postgres` arguments: loopback TCP only, durable. */
export function postgresArgs(options: { readonly port: number; readonly dataDir: string }): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_timezone: 'UTC',
    TimeZone: 'UTC',
  };
  return [
    '-D',
    options.dataDir,
    '-p',
    String(options.port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** `initdb` arguments; the built-in C.UTF-8 needs no locale of the machine. */
export function initdbArgs(options: { readonly dataDir: string; readonly passwordFile: string }): string[] {
  return [
    `--pgdata=${options.dataDir}`,
    '--username=orgeid',
    `--pwfile=${options.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ];
}

// The dev server's defaults are for a laptop with one workflow. transferProcessorMaxPollRPS is 20 a shard by default, and the dev
// server has one shard: each task after an activity then waits up to 50 ms.
const DYNAMIC_CONFIG: Readonly<Record<string, number | boolean>> = {
  'frontend.rps': 100_000,
  'frontend.namespaceRPS': 100_000,
  'frontend.namespaceCount': 100_000,
  'history.maxInFlightUpdates': 1_000,
  'history.maxTotalUpdates': 100_000,
  'history.transferProcessorMaxPollRPS': 2_000,
  'system.enableActivityEagerExecution': true,
};

/** `temporal` arguments for the durable dev server. */
export function temporalArgs(options: {
  readonly port: number;
  readonly dbFile: string;
  readonly uiPort?: number | undefined;
}): string[] {
  return [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(options.port),
    ...(options.uiPort === undefined
      ? ['--headless']
      : ['--ui-ip', '127.0.0.1', '--ui-port', String(options.uiPort)]),
    '--db-filename',
    options.dbFile,
    '--sqlite-pragma',
    'journal_mode=wal',
    '--sqlite-pragma',
    'synchronous=2',
    '--log-level',
    'warn',
    '--namespace',
    'default',
    ...Object.entries(DYNAMIC_CONFIG).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${value}`,
    ]),
  ];
}

/** How a binary of an engine is called on PATH and in the cache. */
export const binaryNames = { postgres: 'postgres', nats: 'nats-server', temporal: 'temporal' } as const;

/** Folder name of a built engine in the cache. */
export function cacheName(engine: 'nats' | 'temporal'): string {
  return `${engine}-${versions[engine]}-${process.platform}-${process.arch}`;
}
