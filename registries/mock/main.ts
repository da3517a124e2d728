import { Registry } from '../../schemas/registry.ts';
import { faultBoard } from '../rehearsal/fault.ts';
import { rehearse } from '../rehearsal/party.ts';
import { exitWith, readData, runPartyProcess, usage } from '../rehearsal/process.ts';
import { mockDataOf } from '../world/mock-data.ts';
import { mockRegistry } from './adapter.ts';
import { bursting } from './burst.ts';
import { changing } from './changes.ts';
import { recordsOf } from './records.ts';
import { MockData } from './schema.ts';

/**
 * A mock registry as a process: `--party BUSINESS|COOPERATIVE|TAX|POPULATION --nats URL [--seed FILE] [--data FILE.json] [--world SEED:COUNT]
 * [--guarded]`. Records of the file go before those of the generated world.
 */
exitWith(
  runPartyProcess(async ({ party, dataFile, world, ...frame }) => {
    const registry = Registry.safeParse(party);
    if (!registry.success) throw usage(`--party is one of ${Registry.options.join(', ')}`);
    const own = dataFile === undefined ? [] : readData(MockData, dataFile).records;
    const generated = world === undefined ? [] : mockDataOf(registry.data, ...worldNamed(world)).records;
    const data = { records: [...generated, ...own] };
    const board = faultBoard();
    const records = recordsOf(registry.data, data);
    const change = changing(registry.data, records, frame.nc);
    const burst = bursting(records, change);
    await rehearse({ ...mockRegistry(registry.data, records, board), board, change, burst, ...frame });
  }),
);

/** @throws UsageError when it is not `SEED:COUNT` */
function worldNamed(text: string): [seed: string, count: number] {
  const [, seed = '', count = ''] = /^([^:]+):(\d{1,6})$/.exec(text) ?? [];
  if (seed === '') throw usage('--world is SEED:COUNT, such as hung-yen:5000');
  return [seed, Number(count)];
}
