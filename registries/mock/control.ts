import type { NatsConnection } from '@nats-io/nats-core';
import type { z } from 'zod';
import type { RegistryChange } from '../../schemas/change.ts';
import type { Registry } from '../../schemas/registry.ts';
import type { ChangeCommand } from '../rehearsal/change-command.ts';
import { tellParty } from '../rehearsal/control.ts';

export { type ControlReply, commandFault, type FaultCommand } from '../rehearsal/control.ts';

/**
 * Commands a running mock registry to alter a record and to publish that.
 *
 * @example
 * await commandChange(nc, 'BUSINESS', { key: '9000000001', values: { address: 'Số 2 đường Ví Dụ' } });
 * await commandChange(nc, 'TAX', { key: '9000000001', status: 'CEASED', publish: 'TWICE' });
 *
 * @returns the change, as it was or will be published
 * @throws when the registry does not run, and `EID_ERR_SHAPE` when it does not understand or has no such record
 */
export async function commandChange(
  nc: NatsConnection,
  registry: Registry,
  change: Omit<z.input<typeof ChangeCommand>, 'command'>,
): Promise<RegistryChange> {
  const reply = await tellParty(nc, registry, { command: 'change', ...change });
  if (!reply.change) throw new Error('the registry told of no change');
  return reply.change;
}
