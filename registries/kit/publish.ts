import type { NatsConnection } from '@nats-io/nats-core';
import type { z } from 'zod';
import { encodeMessage, messageHeaders } from '../../bus/envelope.ts';
import { publishAcked } from '../../bus/publish.ts';
import type { Persistence } from '../../bus/retry.ts';
import { changeSubject } from '../../bus/subjects.ts';
import { RegistryChange } from '../../schemas/change.ts';
import { sourceOf } from '../../schemas/cloud-event.ts';

/**
 * Publishes that a record of the registry changed (Art 8), and returns once it is stored: NATS being down is waited for,
 * and the same change published again is one change, by its id.
 *
 * @example
 * await publishChange(nc, {
 *   schema: 'registry-change/1',
 *   id: 'BUSINESS-2025-000123',
 *   registry: 'BUSINESS',
 *   reference: 'GCN-000123',
 *   changedAt: '2025-04-02T01:00:00.000Z',
 *   subject: { code: '0100000001' },
 *   values: { address: 'Số 2 đường Ví Dụ' },
 * });
 *
 * @throws ZodError when it does not have the shape of a change; the signal's reason when aborted before NATS answered
 */
export async function publishChange(
  nc: NatsConnection,
  change: z.input<typeof RegistryChange>,
  persistence: Persistence & {
    /** Takes the place of the message id, for a rehearsal in which the same change is sent twice. */
    readonly msgId?: string;
  } = {},
): Promise<RegistryChange> {
  const whole = RegistryChange.parse(change);
  const { registry, id, correlationId, changedAt } = whole;
  const { msgId = `${registry}:${id}`, ...patience } = persistence;
  const payload = encodeMessage({ id, source: sourceOf(registry), time: changedAt }, whole);
  const headers = messageHeaders(correlationId);
  const message = { subject: changeSubject(registry), payload, msgId, headers };
  await publishAcked(nc, message, patience);
  return whole;
}
