import type { RecordValues } from '../../../schemas/registry.ts';
import type { AddressParts, Organisation } from '../organisation.ts';
import type { Dirt, DirtEffect } from './dirt.ts';

const onAddress = (
  kind: string,
  effect: DirtEffect,
  write: (address: AddressParts) => string | undefined,
): Dirt => ({
  kind,
  effect,
  fields: ['address'],
  apply(values: RecordValues, { address }: Organisation) {
    const text = values.address === undefined ? undefined : write(address);
    return text === undefined || text === values.address ? undefined : { ...values, address: text };
  },
});

const local = ({ house, at }: AddressParts) => [house, at].filter((part) => part !== '');

/** Addresses of before and after 1 July 2025, when districts ended and communes and provinces were formed anew. */
export const units: readonly Dirt[] = [
  onAddress('district not stated', 'DOUBT', (address) =>
    [...local(address), address.place.commune, `tỉnh ${address.place.province}`].join(', '),
  ),
  onAddress('new commune after the merger', 'DOUBT', (address) => {
    const { now } = address.place;
    return now && [...local(address), now.commune, `tỉnh ${now.province}`].join(', ');
  }),
  onAddress('new province, old commune', 'DOUBT', (address) => {
    const { now, commune, district, province } = address.place;
    return now && now.province !== province
      ? [...local(address), commune, district, `tỉnh ${now.province}`].join(', ')
      : undefined;
  }),
];
