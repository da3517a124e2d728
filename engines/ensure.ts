import { EngineError } from './error.ts';
import { machineProbes } from './probes.ts';
import { resolveEngine } from './resolve.ts';
import { engineNames } from './versions.ts';

// Run as a program before the commands that need engines: finds or builds them all, says what it does on stderr.
const say = (line: string) => process.stderr.write(`${line}\n`);
const probes = machineProbes(say);
try {
  for (const name of engineNames) await resolveEngine(name, probes);
} catch (error) {
  if (!(error instanceof EngineError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
