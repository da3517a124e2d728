export type BusErrorCode =
  | 'EID_ERR_NATS_VERSION'
  | 'EID_ERR_NATS_SEED'
  | 'EID_ERR_LOG_BROKEN'
  | 'EID_ERR_STREAM_DISAGREES';

export class BusError extends Error {
  readonly code: BusErrorCode;
  constructor(code: BusErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BusError';
    this.code = code;
  }
}

/** Stream `EVENTS` holds something that the log does not: nothing more may be published until a person has looked. */
export class RelayDisagreement extends BusError {
  /** Log position, which is also the stream sequence, where they part. */
  readonly position: number;
  constructor(position: number, why: string) {
    super('EID_ERR_STREAM_DISAGREES', `stream EVENTS disagrees with the log at position ${position}: ${why}`);
    this.name = 'RelayDisagreement';
    this.position = position;
  }
}

/** The log gave events that do not follow each other without a gap. */
export class LogGap extends BusError {
  readonly position: number;
  constructor(position: number) {
    super('EID_ERR_LOG_BROKEN', `the log has no event at position ${position}, but a later one`);
    this.name = 'LogGap';
    this.position = position;
  }
}
