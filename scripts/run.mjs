// The npm commands: installs what is missing, makes sure of the engines, then runs the program.
// Node built-ins only, since it runs before `npm ci`. Its own lines go to stderr; stdout is the program's.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { install } from './install.mjs';
import { root, run, say, tool } from './processes.mjs';

const NODE_WANTED = [20, 19];
const tsx = [process.execPath, '--import', 'tsx'];
const [command = '', ...args] = process.argv.slice(2);

const vitest = (project) => ({
  title: `tests: ${project}`,
  line: [tool('vitest'), 'run', '--project', project, ...args],
});
const checks = [
  { title: 'types', line: [tool('tsc'), '-p', '.', '--noEmit'] },
  { title: 'lint and format', line: [tool('biome'), 'check'] },
  {
    title: 'import rules',
    line: [tool('depcruise'), '--config', '.dependency-cruiser.mjs', '.'],
    needs: '.dependency-cruiser.mjs',
  },
];

async function steps(list, { stopAtFailure }) {
  const failed = [];
  for (const { title, line, needs } of list) {
    if (needs && !existsSync(new URL(needs, root))) continue;
    const began = Date.now();
    say(`\n=== ${title}`);
    const code = await run(line);
    say(
      `=== ${title}: ${code === 0 ? 'ok' : `FAILED (${code})`}, ${((Date.now() - began) / 1000).toFixed(1)} s`,
    );
    if (code !== 0) failed.push(title);
    if (code !== 0 && stopAtFailure) break;
  }
  return failed;
}

async function testAll() {
  const early = await steps([...checks, vitest('unit')], { stopAtFailure: true });
  if (early.length > 0) return summary(early);
  if ((await engines()) !== 0) return 1;
  return summary(await steps([vitest('int'), vitest('e2e')], { stopAtFailure: false }));
}

function summary(failed) {
  say(failed.length === 0 ? '\nEverything passed.' : `\nFailed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
}

const engines = () => run([...tsx, 'engines/ensure.ts'], { stdoutToStderr: true });
const withEngines = async (line) => (await engines()) || run(line);

async function dispatch() {
  if (command === 'demo' || command === 'start')
    return withEngines([...tsx, 'cli/orgeid.mjs', command, ...args]);
  if (command === 'test') return testAll();
  if (command === 'test:unit') return run(vitest('unit').line);
  if (['test:int', 'test:e2e', 'test:interop'].includes(command)) {
    return withEngines(vitest(command.slice(5)).line);
  }
  const bench = /^bench:([a-z0-9-]+)$/.exec(command)?.[1];
  if (bench && existsSync(new URL(`bench/${bench}/main.ts`, root))) {
    return withEngines([...tsx, `bench/${bench}/main.ts`, ...args]);
  }
  say(
    `EID_ERR_COMMAND_UNKNOWN: "${command}" is none of demo, start, test, test:unit, test:int, test:e2e, test:interop, bench:<name>.`,
  );
  return 2;
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NODE_WANTED[0] || (major === NODE_WANTED[0] && minor < NODE_WANTED[1])) {
  say(
    `EID_ERR_NODE_VERSION: this is Node ${process.versions.node}; install Node ${NODE_WANTED.join('.')} or newer from https://nodejs.org/.`,
  );
  process.exitCode = 1;
} else {
  process.exitCode = (await install()) || (await dispatch());
}
