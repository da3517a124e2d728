import type { Msg, NatsConnection, Subscription } from '@nats-io/nats-core';
import { z } from 'zod';
import { parseJson } from '../../bus/json.ts';
import type { ViewAge } from '../../bus/status/age.ts';
import type { AccountStatusEntry } from '../../schemas/account-status.ts';
import { IdentificationNumber } from '../../schemas/codes.ts';

/**
 * Command to a mock relying service; an empty one only asks how it is. `SILENT` acknowledges nothing until another fault is
 * commanded, `SLOW` after `ms`, `TWICE` in two messages, `WRONG` names another lock than the one that it saw.
 */
export const RelyingCommand = z.strictObject({
  fault: z.enum(['NONE', 'SILENT', 'SLOW', 'TWICE', 'WRONG']).optional(),
  /** For `SLOW`. */
  ms: z.int().nonnegative().optional(),
  /** How often the fault shows; for ever when absent. */
  times: z.int().positive().optional(),
  /** Only for this account, which the reply also tells about. */
  number: IdentificationNumber.optional(),
});
export type RelyingCommand = z.infer<typeof RelyingCommand>;

/** How a mock relying service is. */
export type RelyingReport = {
  readonly ok: true;
  /** Accounts that it knows, and those among them that it refuses because they are locked. */
  readonly accounts: number;
  readonly obeyed: number;
  /** Locks that it acknowledged, and those that it still owes a word on. */
  readonly acknowledged: number;
  readonly owed: number;
  readonly age: ViewAge;
  /** What it holds of the account that was named. */
  readonly entry?: AccountStatusEntry;
};

type Reply = RelyingReport | { readonly ok: false; readonly error: string };

const subjectOf = (service: string): string => `control.relying.${service}`;

/**
 * Commands a running mock relying service, or asks how it is.
 *
 * @example
 * await tellService(nc, 'TAX-PORTAL', { fault: 'SILENT' });
 * const { entry } = await tellService(nc, 'TAX-PORTAL', { number: '10000000001' });
 *
 * @throws when it does not run, and `EID_ERR_SHAPE` when it does not understand
 */
export async function tellService(
  nc: NatsConnection,
  service: string,
  command: RelyingCommand = {},
  timeoutMs = 5_000,
): Promise<RelyingReport> {
  const answer = await nc.request(subjectOf(service), JSON.stringify(command), { timeout: timeoutMs });
  const reply = answer.json<Reply>();
  if (!reply.ok) throw new Error(reply.error);
  return reply;
}

/** Takes commands for a service; the handler answers how it is. */
export function serveCommands(
  nc: NatsConnection,
  service: string,
  act: (command: RelyingCommand) => RelyingReport,
): Subscription {
  const answer = ({ data }: Msg): Reply => {
    const command = RelyingCommand.safeParse(parseJson(data));
    return command.success
      ? act(command.data)
      : { ok: false, error: 'EID_ERR_SHAPE: fault, ms, times, number' };
  };
  return nc.subscribe(subjectOf(service), {
    callback: (error, message) => {
      if (!error) message.respond(JSON.stringify(answer(message)));
    },
  });
}
