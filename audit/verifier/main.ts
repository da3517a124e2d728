import { verifierMain } from './run.ts';

process.exitCode = await verifierMain(process.argv.slice(2));
