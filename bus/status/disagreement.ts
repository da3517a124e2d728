import { BusError } from '../errors.ts';

/** The status bucket knows more than the log: it was filled from another one, or the log lost its end. */
export class MirrorDisagreement extends BusError {
  /** Position that the bucket names. */
  readonly position: number;
  constructor(position: number) {
    super(
      'EID_ERR_STREAM_DISAGREES',
      `the status bucket is at position ${position}, which the log has not come to`,
    );
    this.name = 'MirrorDisagreement';
    this.position = position;
  }
}
