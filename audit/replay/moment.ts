import { DomainError } from '../../domain/error.ts';

/**
 * A moment of the past. `at`: what the log held at an instant, by the time of recording; `position`: by its first so many events; `version`:
 * by the first so many events of the case itself.
 */
export type Moment = { readonly at: string } | { readonly position: number } | { readonly version: number };

/** Instants with a zone, to the microsecond: `2025-04-02T08:00:00+07:00`. */
const instant = /^([1-9]\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:[.](\d{1,6})\d*)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * The same instant as the log writes it, in UTC with six digits, so that texts compare as times do.
 * @throws DomainError EID_ERR_SHAPE
 */
export function toLogInstant(text: string, field = 'at'): string {
  const [, whole, fraction = '', zone] = instant.exec(text) ?? [];
  const ms = whole === undefined ? Number.NaN : Date.parse(`${whole}${zone}`);
  if (Number.isNaN(ms))
    throw new DomainError('EID_ERR_SHAPE', {
      fields: [{ field, why: 'no instant of ISO 8601 with a zone' }],
    });
  return `${new Date(ms).toISOString().slice(0, 19)}.${fraction.padEnd(6, '0')}Z`;
}

/** A moment in one word: an instant, `position:1234` or `version:7`. @throws DomainError EID_ERR_SHAPE */
export function momentOf(text: string, field: string): Moment {
  const [, kind, number] = /^(position|version):(\d{1,15})$/.exec(text) ?? [];
  if (kind === 'position') return { position: Number(number) };
  if (kind === 'version') return { version: Number(number) };
  return { at: toLogInstant(text, field) };
}

/**
 * The one moment that was named; the present when none was.
 * @throws DomainError EID_ERR_SHAPE when there are two, or what is said is no moment
 */
export function oneMoment(said: {
  readonly at?: string | undefined;
  readonly position?: number | undefined;
  readonly version?: number | undefined;
}): Moment | undefined {
  const { at, position, version } = said;
  const moments: Moment[] = [
    ...(at === undefined ? [] : [{ at: toLogInstant(at) }]),
    ...(position === undefined ? [] : [{ position }]),
    ...(version === undefined ? [] : [{ version }]),
  ];
  if (moments.length > 1)
    throw new DomainError('EID_ERR_SHAPE', {
      fields: [{ field: 'at, position, version', why: 'give one of them' }],
    });
  return moments[0];
}
