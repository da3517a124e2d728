import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';
import { errors, type NatsConnection } from '@nats-io/nats-core';
import type { Logger } from 'pino';
import { backoffMs, pause } from './wait.ts';

export type Persistence = {
  /** Aborting it ends the tries: the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly log?: Logger | undefined;
};

/**
 * Calls NATS until it answers. Servers that are down, starting or electing a leader are waited for without end.
 * @throws what asking again cannot mend (a refusal of the JetStream API, a closed connection), and the signal's reason
 */
export async function untilAnswered<T>(
  nc: NatsConnection,
  call: () => Promise<T>,
  { signal, log }: Persistence = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await orAborted(call(), signal);
    } catch (error) {
      if (signal?.aborted || nc.isClosed() || !mayPass(error)) throw error;
      log?.warn({ attempt, error: nameOf(error) }, 'NATS does not answer, trying again');
      await pause(backoffMs(attempt), signal);
    }
  }
}

/** Whether the same call may succeed later. */
export function mayPass(error: unknown): boolean {
  if (error instanceof JetStreamApiError) {
    return error.status >= 500 || error.code === JetStreamApiCodes.StreamNotFound;
  }
  return !(
    error instanceof errors.InvalidArgumentError ||
    error instanceof errors.InvalidSubjectError ||
    error instanceof errors.PermissionViolationError ||
    error instanceof errors.ClosedConnectionError ||
    error instanceof errors.DrainingConnectionError ||
    error instanceof TypeError
  );
}

/** For logs: an error's own message may quote a payload. */
export const nameOf = (error: unknown): string =>
  error instanceof Error ? error.constructor.name : typeof error;

function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
