import { parse } from 'yaml';
import { z } from 'zod';
import { read } from './repository.ts';

const Healthcheck = z.object({ test: z.array(z.string()).min(2) });
const Conditions = z.record(z.string(), z.object({ condition: z.string() }));
const Service = z.object({
  image: z.string(),
  build: z.object({ context: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  depends_on: Conditions.default({}),
  healthcheck: Healthcheck.optional(),
  restart: z.string().optional(),
});
const ComposeFile = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
  networks: z.record(z.string(), z.unknown()),
});

export type Service = z.infer<typeof Service>;

/** docker-compose.yml with its anchors and merges resolved, as compose itself would read it. */
export const composeDocument: unknown = parse(read('docker-compose.yml'), { merge: true, maxAliasCount: -1 });

/** The parts of docker-compose.yml that the tests look at. */
export const compose = ComposeFile.parse(composeDocument);

/** A service by name. @throws when there is none */
export function service(name: string): Service {
  const found = compose.services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

/** Every `${NAME}` in docker-compose.yml with what follows the name (`:?message`, `:-default`). */
export const variables = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)([^}]*)\}/g)].map(
  ([, name = '', rest = '']) => ({ name, rest }),
);
