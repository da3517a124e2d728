import { startEngines } from '../../engines/start.ts';

// A run of its own for the tests that kill it: starts engines in the given folder, says so, and waits.
const engines = await startEngines({ dataDir: process.argv[2] ?? '', only: ['postgres', 'nats'] });
process.stdout.write(`${JSON.stringify([engines.postgres.pid, engines.nats.pid])}\n`);
