import { RelyingService } from '../../schemas/lock.ts';
import { exitWith, runPartyProcess, usage } from '../rehearsal/process.ts';
import { runRelyingService } from './service.ts';

/** A mock relying service as a process: `--party SERVICE --nats URL [--guarded]`. Ready once it watches. */
exitWith(
  runPartyProcess(async ({ party, dataFile: _, ...frame }) => {
    const service = RelyingService.shape.id.safeParse(party);
    if (!service.success) throw usage('--party is the code of a service, as TAX-PORTAL');
    await runRelyingService({ service: service.data, ...frame });
  }),
);
