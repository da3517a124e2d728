import process from 'node:process';
import { parseArgs } from 'node:util';
import { serveBridge } from './serve.ts';

/** The HTTP bridge as a process: `--config FILE`, and the environment of every adapter. */
const { values } = parseArgs({ options: { config: { type: 'string' } } });
if (values.config === undefined) {
  process.stderr.write('EID_ERR_USAGE: --config FILE is required\n');
  process.exitCode = 2;
} else await serveBridge(values.config);
