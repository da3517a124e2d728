import type { NatsConnection } from '@nats-io/nats-core';
import { connectBus } from '../../bus/connect.ts';
import { DomainError } from '../../domain/error.ts';
import { commandFault, FaultCommand, tellParty } from '../../registries/rehearsal/control.ts';
import { Party } from '../../schemas/registry.ts';
import { print, printJson } from '../output.ts';

export type RegistryOptions = { readonly nats?: string; readonly json?: boolean };
export type FaultOptions = RegistryOptions & {
  readonly ms?: string;
  readonly times?: string;
  readonly key?: string;
};

type Told = Awaited<ReturnType<typeof tellParty>>;

/** Commands a fault to a running mock party. @throws DomainError EID_ERR_USAGE */
export async function runFault(party: string, fault: string, options: FaultOptions): Promise<void> {
  const command = FaultCommand.safeParse({
    fault: fault.toUpperCase(),
    ...(options.ms === undefined ? {} : { ms: Number(options.ms) }),
    ...(options.times === undefined ? {} : { times: Number(options.times) }),
    ...(options.key === undefined ? {} : { key: options.key }),
  });
  if (!command.success) {
    const reason = command.error.issues
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ');
    throw new DomainError('EID_ERR_USAGE', { reason });
  }
  await told(party, options, (nc, to) => commandFault(nc, to, command.data));
}

/** Says whether a mock party is down, and how often it was asked. */
export async function runState(party: string, options: RegistryOptions): Promise<void> {
  await told(party, options, (nc, to) => commandFault(nc, to, undefined));
}

/** Has a mock registry publish a change of each of its first records at once. @throws DomainError EID_ERR_USAGE */
export async function runBurst(party: string, count: string, options: RegistryOptions): Promise<void> {
  const number = Number(count);
  if (!Number.isInteger(number) || number < 1) {
    throw new DomainError('EID_ERR_USAGE', { reason: 'how many changes is a whole number above 0' });
  }
  const patience = 5_000 + number * 10;
  await told(party, options, (nc, to) => tellParty(nc, to, { command: 'burst', count: number }, patience));
}

async function told(
  name: string,
  { nats, json }: RegistryOptions,
  tell: (nc: NatsConnection, party: Party) => Promise<Told>,
): Promise<void> {
  const party = Party.safeParse(name.toUpperCase());
  if (!party.success) {
    throw new DomainError('EID_ERR_USAGE', { reason: `${name} is none of ${Party.options.join(', ')}` });
  }
  if (nats === undefined) {
    throw new DomainError('EID_ERR_USAGE', { reason: '--nats or ORGEID_NATS_URL says where NATS is' });
  }
  const nc = await connectBus({ servers: nats, name: 'orgeid-registry' });
  try {
    const reply = await tell(nc, party.data).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DomainError('EID_ERR_USAGE', { reason: `${party.data} does not take it: ${reason}` });
    });
    if (json) printJson(reply);
    else print(stateLine(party.data, reply));
  } finally {
    await nc.close();
  }
}

/** One line for people: `TAX is up, asked 12 times`. */
export const stateLine = (party: Party, { down, lookups, published }: Told): string =>
  [
    `${party} is ${down ? 'down' : 'up'}`,
    `asked ${lookups} times`,
    ...(published === undefined ? [] : [`${published} changes published`]),
  ].join(', ');
