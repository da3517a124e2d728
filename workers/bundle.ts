import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import type { Logger } from 'pino';

const root = fileURLToPath(new URL('..', import.meta.url));
const sdk = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };

type Hook = NonNullable<BundleOptions['webpackConfigHook']>;

/**
 * Compiles for the syntax that Node 20 has. The bundler's own target, ES2017, turns each `\\p{L}` into an alternation of
 * every letter range there is, compiled anew at each use: matching then took most of a worker's time.
 */
const modernSyntax: Hook = (config) => {
  for (const rule of config.module?.rules ?? []) {
    const use = typeof rule === 'object' && rule !== null && 'use' in rule ? rule.use : undefined;
    const options = typeof use === 'object' && use !== null && 'options' in use ? use.options : undefined;
    if (typeof options === 'object' && 'jsc' in options) options.jsc.target = 'es2022';
  }
  return config;
};

/** Modules that hold no state of any workflow: evaluated once for all, and not again for each. */
const sharedModules = [
  'workflows/stack-traces.ts',
  'workflows/shared-policy.ts',
  'domain/registration/index.ts',
  'domain/account/index.ts',
  'domain/lock-order/index.ts',
  'domain/verification/index.ts',
  'domain/deciding.ts',
  'domain/error.ts',
  'domain/time.ts',
  'domain/tokens.ts',
];

/** Modules that stand around every workflow. */
const interceptorModules = ['workflows/tracing.ts'];

const paths = (names: readonly string[]) => names.map((name) => join(root, name));

/** How workflows are compiled; `shared` names, from the root of the project, modules that workflows may have in common. */
export const bundling = (shared: readonly string[]) => ({
  webpackConfigHook: modernSyntax,
  preloadModules: paths(shared),
});

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256').update(
    `${sdk.version} es2022 ${[...sharedModules, '/', ...interceptorModules].join(' ')}`,
  );
  for (const folder of ['workflows', 'domain']) {
    const names = (await readdir(join(root, folder), { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'),
    );
    for (const name of names.sort()) hash.update(name).update(await readFile(join(root, folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Compiles the workflows; `change` has the last word on how. @returns the code of the bundle */
export async function compileWorkflows(log: Logger, change: Hook = (config) => config): Promise<string> {
  const ours = bundling(sharedModules);
  const { code }: WorkflowBundleWithSourceMap = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows', 'index.ts'),
    workflowInterceptorModules: paths(interceptorModules),
    ...ours,
    webpackConfigHook: (config) => change(ours.webpackConfigHook(config)),
    logger: {
      log: () => undefined,
      trace: () => undefined,
      debug: () => undefined,
      info: () => undefined,
      warn: (message) => log.warn(message),
      error: (message) => log.error(message),
    },
  });
  return code;
}

/** Writes beside the name and moves into place, so that nobody reads half of it. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, path);
}

/**
 * Bundles the workflows, once for each state of their sources: several workers, and workers that start again, share the
 * file. `made`: a file of a bundle that was made before, which is taken as it is.
 */
export async function workflowBundle(log: Logger, made?: string): Promise<{ codePath: string }> {
  if (made !== undefined) return { codePath: made };
  const folder = join(root, '.orgeid', 'bundles');
  const codePath = join(folder, `workflows-${await sourceHash()}.js`);
  if (await exists(codePath)) return { codePath };
  log.info('bundling the workflows');
  const code = await compileWorkflows(log);
  await mkdir(folder, { recursive: true });
  await writeWhole(codePath, code);
  return { codePath };
}
