import type { RecordField, RecordValues } from '../../../schemas/registry.ts';
import { type Dirt, onFields } from './dirt.ts';

const without = (kind: string, ...fields: RecordField[]): Dirt => ({
  kind,
  effect: 'LACK',
  fields,
  apply(values) {
    if (!fields.some((field) => values[field] !== undefined)) return undefined;
    const kept = Object.entries(values).filter(([field]) => !fields.includes(field as RecordField));
    return Object.fromEntries(kept) as RecordValues;
  },
});

/** Too little is held. */
export const lacks: readonly Dirt[] = [
  without('address not held', 'address'),
  without('representative not held', 'representative_name'),
  onFields('placeholder for the address', 'LACK', ['address'], () => 'Chưa cập nhật'),
  onFields('placeholder for the representative', 'LACK', ['representative_name'], () => 'không có'),
  onFields('letters lost', 'LACK', ['name_vi'], (text) => text.replace(/[^\p{ASCII}]/gu, '?')),
];
