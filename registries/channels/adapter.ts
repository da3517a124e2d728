import { pause } from '../../bus/wait.ts';
import type { NoticeChannel } from '../../schemas/enums.ts';
import type { NoticeOrder } from '../../schemas/registry.ts';
import { type ChannelAdapter, type DeliveryResult, defineAdapter } from '../kit/adapter.ts';
import type { FaultBoard } from '../rehearsal/fault.ts';
import { respondWith, SENDING_FAULTS } from '../rehearsal/respond.ts';
import type { ChannelData, ChannelRule } from './schema.ts';

const DEFAULT_SLOW_MS = 2_000;

/** The gateway of a channel that delivers nothing anywhere and reports what data and board say. */
export function mockChannel(
  channel: NoticeChannel,
  data: ChannelData,
  board: FaultBoard,
): { readonly adapter: ChannelAdapter; readonly lookups: () => number } {
  const byAddress = new Map(data.rules.map((rule) => [rule.match, rule]));
  const ruleFor = (address: string): ChannelRule | undefined => byAddress.get(address) ?? byAddress.get('*');
  let deliveries = 0;

  async function deliver({ to }: NoticeOrder, signal: AbortSignal): Promise<DeliveryResult> {
    const reference = `${channel}-${++deliveries}`;
    const rule = ruleFor(to.address);
    const fault = board.show(['SLOW', 'WRONG', 'UNAVAILABLE', 'ERROR'], [to.address]);
    if (fault?.fault === 'ERROR') throw new Error('the mock channel fails as commanded');
    const wait = (rule?.afterMs ?? 0) + (fault?.fault === 'SLOW' ? (fault.ms ?? DEFAULT_SLOW_MS) : 0);
    if (wait > 0) await pause(wait, signal);
    signal.throwIfAborted();
    const fails = fault?.fault === 'WRONG' || fault?.fault === 'UNAVAILABLE' || rule?.outcome === 'FAILED';
    return fails
      ? { outcome: 'FAILED', reference, detail: 'the address does not take notices' }
      : { outcome: 'DELIVERED', reference };
  }

  const adapter = defineAdapter({
    channel,
    concurrency: 64,
    deliver: (order, { signal }) => deliver(order, signal),
    respond: (question, reply, send) => {
      const { address } = (question as NoticeOrder).to;
      const own = ruleFor(address)?.outcome === 'SILENT' ? ({ fault: 'SILENT' } as const) : undefined;
      return respondWith(board.show(SENDING_FAULTS, [address], own), question, reply, send);
    },
  });
  return { adapter, lookups: () => deliveries };
}
