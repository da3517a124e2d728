import { NoticeChannel } from '../../schemas/enums.ts';
import { faultBoard } from '../rehearsal/fault.ts';
import { rehearse } from '../rehearsal/party.ts';
import { exitWith, readData, runPartyProcess, usage } from '../rehearsal/process.ts';
import { mockChannel } from './adapter.ts';
import { ChannelData } from './schema.ts';

/** The gateway of a mock channel as a process: `--party VNEID|SMS|EMAIL --nats URL [--data FILE.json] [--guarded]`. */
exitWith(
  runPartyProcess(async ({ party, dataFile, ...frame }) => {
    const channel = NoticeChannel.safeParse(party);
    if (!channel.success) throw usage(`--party is one of ${NoticeChannel.options.join(', ')}`);
    const data = dataFile === undefined ? { rules: [] } : readData(ChannelData, dataFile);
    const board = faultBoard();
    await rehearse({ ...mockChannel(channel.data, data, board), board, ...frame });
  }),
);
