import { type Moment, oneMoment } from '../../audit/replay/moment.ts';
import { DomainError } from '../../domain/error.ts';

/** A moment as the options say it. */
export type MomentOptions = {
  readonly at?: string;
  readonly position?: string;
  readonly version?: string;
};

function whole(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new DomainError('EID_ERR_USAGE', { reason: `--${option} takes a whole number` });
}

/** The one moment of the options, or none. @throws DomainError EID_ERR_USAGE, EID_ERR_SHAPE */
export const momentOfOptions = ({ at, position, version }: MomentOptions): Moment | undefined =>
  oneMoment({ at, position: whole(position, 'position'), version: whole(version, 'version') });
