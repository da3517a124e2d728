import { Registry } from '../../schemas/registry.ts';
import { faultBoard } from '../rehearsal/fault.ts';
import { rehearse } from '../rehearsal/party.ts';
import { exitWith, readData, runPartyProcess, usage } from '../rehearsal/process.ts';
import { mockRegistry } from './adapter.ts';
import { changing } from './changes.ts';
import { recordsOf } from './records.ts';
import { MockData } from './schema.ts';

/** A mock registry as a process: `--party BUSINESS|TAX|POPULATION --nats URL --data FILE.json [--guarded]`. */
exitWith(
  runPartyProcess(async ({ party, dataFile, ...frame }) => {
    const registry = Registry.safeParse(party);
    if (!registry.success) throw usage(`--party is one of ${Registry.options.join(', ')}`);
    const data = dataFile === undefined ? { records: [] } : readData(MockData, dataFile);
    const board = faultBoard();
    const records = recordsOf(registry.data, data);
    const change = changing(registry.data, records, frame.nc);
    await rehearse({ ...mockRegistry(registry.data, records, board), board, change, ...frame });
  }),
);
