import { randomUUID } from 'node:crypto';
import type { NatsConnection } from '@nats-io/nats-core';
import type { z } from 'zod';
import { StatusAcknowledgement } from '../../schemas/account-status.ts';
import { publishAcked } from '../publish.ts';
import type { Persistence } from '../retry.ts';

export const ackSubject = (service: string): string => `acks.${service}`;

/**
 * A relying service says that it obeys a lock; returns once that is stored. NATS being down is waited for, and the same
 * acknowledgement said again is one, by its id.
 *
 * @example
 * await acknowledgeLock(nc, { id: `${number}/${seq}`, service: 'TAX-PORTAL', number, seq, at: new Date().toISOString() });
 *
 * @throws ZodError when it does not have the shape of one; the signal's reason when aborted before NATS answered
 */
export async function acknowledgeLock(
  nc: NatsConnection,
  ack: Omit<z.input<typeof StatusAcknowledgement>, 'schema' | 'id'> & { readonly id?: string },
  persistence: Persistence & {
    /** Takes the place of the message id, for a rehearsal in which the same one is sent twice. */
    readonly msgId?: string;
  } = {},
): Promise<StatusAcknowledgement> {
  const whole = StatusAcknowledgement.parse({ schema: 'status-acknowledgement/1', id: randomUUID(), ...ack });
  const { service, id } = whole;
  const { msgId = `${service}:${id}`, ...patience } = persistence;
  const message = { subject: ackSubject(service), payload: JSON.stringify(whole), msgId };
  await publishAcked(nc, { ...message, headers: { 'Content-Type': 'application/json' } }, patience);
  return whole;
}
