import type { Msg, NatsConnection, Subscription } from '@nats-io/nats-core';
import { z } from 'zod';
import { parseJson } from '../../bus/json.ts';
import { controlSubject } from '../../bus/subjects.ts';
import type { RegistryChange } from '../../schemas/change.ts';
import type { Party } from '../../schemas/registry.ts';
import { BurstCommand, ChangeCommand } from './change-command.ts';
import { Fault } from './fault.ts';

/** Command to a mock party. `DOWN` consumes nothing until another command without a key comes. */
export const FaultCommand = z.strictObject({
  fault: z.enum([...Fault.options, 'DOWN']),
  /** For `SLOW` the delay, for `UNAVAILABLE` when to ask again. */
  ms: z.int().nonnegative().optional(),
  /** How often the fault shows; for ever when absent. */
  times: z.int().positive().optional(),
  /** Only for the record or address of this key; for all when absent. */
  key: z.string().optional(),
});
export type FaultCommand = z.infer<typeof FaultCommand>;

export type ControlReply =
  | {
      readonly ok: true;
      readonly down: boolean;
      readonly lookups: number;
      /** What a `change` command made. */
      readonly change?: RegistryChange;
      /** How many changes a `burst` published. */
      readonly published?: number;
    }
  | { readonly ok: false; readonly error: string };

/**
 * Commands a fault to a running mock party; `undefined` only asks how it is.
 *
 * @example
 * await commandFault(nc, 'TAX', { fault: 'SLOW', ms: 2_000 });
 * await commandFault(nc, 'TAX', { fault: 'NONE' });
 *
 * @returns whether it is down, and how many look-ups or deliveries it has made
 * @throws when the party does not run, and `EID_ERR_SHAPE` when it does not understand
 */
export async function commandFault(
  nc: NatsConnection,
  party: Party,
  command: FaultCommand | undefined,
  timeoutMs = 5_000,
): Promise<Extract<ControlReply, { ok: true }>> {
  return await tellParty(nc, party, command ?? {}, timeoutMs);
}

/** Sends a command to a running mock party. @throws when it does not run, and the error that it answers */
export async function tellParty(
  nc: NatsConnection,
  party: Party,
  command: object,
  timeoutMs = 5_000,
): Promise<Extract<ControlReply, { ok: true }>> {
  const answer = await nc.request(controlSubject(party), JSON.stringify(command), { timeout: timeoutMs });
  const reply = answer.json<ControlReply>();
  if (!reply.ok) throw new Error(reply.error);
  return reply;
}

/** Takes commands for a party; the handler answers how the party is. */
export function serveControl(
  nc: NatsConnection,
  party: Party,
  act: (
    command: FaultCommand | ChangeCommand | BurstCommand | undefined,
  ) => Promise<Extract<ControlReply, { ok: true }>>,
): Subscription {
  const answer = async (message: Msg): Promise<ControlReply> => {
    const body = parseJson(message.data);
    if (JSON.stringify(body) === '{}') return act(undefined);
    const command = z.union([FaultCommand, ChangeCommand, BurstCommand]).safeParse(body);
    if (!command.success)
      return { ok: false, error: 'EID_ERR_SHAPE: fault, ms, times, key; or a change; or a burst' };
    return await act(command.data).catch((error: unknown) => ({ ok: false, error: messageOf(error) }));
  };
  return nc.subscribe(controlSubject(party), {
    callback: (error, message) => {
      if (error) return;
      void answer(message).then((reply) => message.respond(JSON.stringify(reply)));
    },
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
