import type { RecordField, RecordValues } from '../../../schemas/registry.ts';
import type { Dice } from '../dice.ts';
import type { Organisation } from '../organisation.ts';

/**
 * What a difference means. `WRITING`: the same said in another way. `DOUBT`: the same organisation, but nobody can be sure without
 * looking (slips, lost marks, regrouped units). `FACT`: the same organisation, and what one side holds is out of date.
 * `STRANGER`: another organisation's record. `LACK`: too little is held to say.
 */
export type DirtEffect = 'WRITING' | 'DOUBT' | 'FACT' | 'STRANGER' | 'LACK';

/** One way in which a record is not as it should be. */
export type Dirt = {
  readonly kind: string;
  readonly effect: DirtEffect;
  /** Needs one of these fields to show in what is compared. */
  readonly fields: readonly RecordField[];
  /** The record with the dirt on it; undefined when this record cannot have it. */
  readonly apply: (values: RecordValues, organisation: Organisation, dice: Dice) => RecordValues | undefined;
};

type Change = (text: string, dice: Dice, organisation: Organisation) => string | undefined;

/** Dirt on single fields: each of them that is there is written otherwise; none that changes: the dirt does not apply. */
export const onFields = (
  kind: string,
  effect: DirtEffect,
  fields: readonly RecordField[],
  change: Change,
): Dirt => ({
  kind,
  effect,
  fields,
  apply(values, organisation, dice) {
    const changed = fields.flatMap((field) => {
      const text = values[field];
      const next = text === undefined ? undefined : change(text, dice, organisation);
      return next === undefined || next === text ? [] : [[field, next] as const];
    });
    return changed.length === 0 ? undefined : { ...values, ...Object.fromEntries(changed) };
  },
});

/** The first replacement that finds its text. */
export function replaced(
  text: string,
  table: readonly (readonly [from: string | RegExp, to: string])[],
): string | undefined {
  const found = table.find(([from]) => (typeof from === 'string' ? text.includes(from) : from.test(text)));
  return found && text.replace(found[0], found[1]);
}

/** Every replacement, in order. */
export const allReplaced = (
  text: string,
  table: readonly (readonly [from: string | RegExp, to: string])[],
): string =>
  table.reduce(
    (result, [from, to]) =>
      result.replaceAll(
        typeof from === 'string' ? from : new RegExp(from, `${from.flags.replace('g', '')}g`),
        to,
      ),
    text,
  );
