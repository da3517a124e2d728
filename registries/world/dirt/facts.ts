import { addressOf, brandOf, personOf } from '../organisation.ts';
import { writeAddress } from '../write.ts';
import { type Dirt, onFields, replaced } from './dirt.ts';

/** The same organisation, and one side is out of date. */
export const facts: readonly Dirt[] = [
  onFields('moved', 'FACT', ['address'], (text, dice, { address }) => {
    for (;;) {
      const next = addressOf(dice);
      // A person has to see that it is another place: another commune of another name.
      if (next.place.commune !== address.place.commune && writeAddress(next) !== text)
        return writeAddress(next);
    }
  }),
  onFields('moved along the street', 'FACT', ['address'], (text, dice) => {
    const found = /^Số (\d+)/u.exec(text);
    return found ? text.replace(/^Số \d+/u, `Số ${Number(found[1]) + 1 + dice.int(40)}`) : undefined;
  }),
  onFields('renamed', 'FACT', ['name_vi'], (text, dice, { name }) => {
    const next = brandOf(dice);
    return next.split(' ').some((word) => name.brand.includes(word))
      ? undefined
      : replaced(text, [[name.brand, next]]);
  }),
  onFields('form changed', 'FACT', ['name_vi'], (text) =>
    replaced(text, [
      ['Công ty TNHH', 'Công ty cổ phần'],
      ['Công ty cổ phần', 'Công ty TNHH'],
      ['Doanh nghiệp tư nhân', 'Công ty TNHH'],
    ]),
  ),
  {
    kind: 'other representative',
    effect: 'FACT',
    fields: ['representative_name'],
    apply(values, { representative }, dice) {
      const name = personOf(dice);
      const [before, after] = [representative.name.split(' '), name.split(' ')];
      if (values.representative_name === undefined) return undefined;
      if (before[0] === after[0] || before.at(-1) === after.at(-1)) return undefined;
      return { ...values, representative_name: name };
    },
  },
  onFields('other day of founding', 'FACT', ['established_on'], (text, dice) => {
    const [year, month, day] = text.split('-');
    return `${Number(year) - 1 - dice.int(5)}-${month}-${day}`;
  }),
];
