import type { RecordValues } from '../../../schemas/registry.ts';
import { taxCodeOf } from '../codes.ts';
import type { Dice } from '../dice.ts';
import { addressOf, brandOf, type NameParts, type Organisation, personOf } from '../organisation.ts';
import { writeName, writeOrganisation } from '../write.ts';
import type { Dirt } from './dirt.ts';

type Twin = (organisation: Organisation, dice: Dice) => Organisation | undefined;

const otherCode = (n: number, dice: Dice) => taxCodeOf(2_000_000 + n * 7 + dice.int(7));

/**
 * Another organisation that looks like this one. One time in two it stands under the code that was declared, as after a slip in
 * the code; else it has a code of its own.
 */
const stranger = (kind: string, twin: Twin): Dirt => ({
  kind,
  effect: 'STRANGER',
  fields: ['name_vi', 'address', 'representative_name', 'representative_id', 'tax_code', 'enterprise_code'],
  apply(values, organisation, dice) {
    const other = twin(organisation, dice);
    if (
      !other ||
      (writeName(other.name) === writeName(organisation.name) && other.address === organisation.address)
    )
      return undefined;
    const code = otherCode(organisation.n, dice);
    const own = writeOrganisation({
      ...other,
      ...(organisation.code === undefined ? {} : { code }),
      ...(organisation.taxCode === undefined ? {} : { taxCode: code }),
    });
    const { tax_code, enterprise_code } = values;
    const same = dice.chance(0.5);
    const kept: RecordValues = {
      ...(same && tax_code !== undefined ? { tax_code } : {}),
      ...(same && enterprise_code !== undefined ? { enterprise_code } : {}),
    };
    return { ...own, ...kept };
  },
});

const person = (dice: Dice) => ({
  name: personOf(dice),
  number: `000${String(500_000_000 + dice.int(400_000_000))}`,
  nationality: 'VN',
});
const day = (dice: Dice) => `${1996 + dice.int(29)}-0${1 + dice.int(9)}-${10 + dice.int(18)}`;

const named =
  (
    change: (name: NameParts, dice: Dice) => NameParts | undefined,
    more?: (organisation: Organisation, dice: Dice) => Partial<Organisation>,
  ): Twin =>
  (organisation, dice) => {
    const name = change(organisation.name, dice);
    return (
      name && {
        ...organisation,
        name,
        establishedOn: day(dice),
        representative: person(dice),
        ...more?.(organisation, dice),
      }
    );
  };
const elsewhere = (_: Organisation, dice: Dice) => ({ address: addressOf(dice) });
const sameBoss = ({ representative }: Organisation) => ({ representative });

const near: readonly (readonly [string, string])[] = [
  ['Hưng', 'Hùng'],
  ['Minh', 'Mình'],
  ['Hòa', 'Hóa'],
  ['Sơn', 'Sơn Hà'],
  ['Phát', 'Phúc'],
  ['Thịnh', 'Thinh'],
  ['Long', 'Lông'],
  ['Thành', 'Thanh'],
  ['Tiến', 'Tiên'],
  ['Lợi', 'Lộc'],
  ['An', 'Anh'],
  ['Vinh', 'Vĩnh'],
  ['Thủy', 'Thùy'],
];

/** Records of other organisations that are easily taken for this one. */
export const strangers: readonly Dirt[] = [
  stranger('stranger: the parent of the branch', (organisation, dice) => {
    const { branchIn, ...name } = organisation.name;
    return branchIn === undefined
      ? undefined
      : { ...organisation, name, establishedOn: day(dice), ...elsewhere(organisation, dice) };
  }),
  stranger('stranger: a branch of it', (organisation, dice) =>
    organisation.category === 'ENTERPRISE' && organisation.name.branchIn === undefined
      ? {
          ...organisation,
          name: { ...organisation.name, branchIn: 'Hải Phòng' },
          establishedOn: day(dice),
          ...elsewhere(organisation, dice),
        }
      : undefined,
  ),
  stranger(
    'stranger: number two of the name',
    named((name) => ({ ...name, suffix: `${name.suffix ?? ''} 2`.trim() })),
  ),
  stranger(
    'stranger: sister company of the same boss',
    named(
      (name, dice) => ({ ...name, suffix: dice.pick(['Miền Nam', 'Miền Bắc', 'Group', 'Plus']) }),
      sameBoss,
    ),
  ),
  stranger(
    'stranger: another legal form of the name',
    named((name) => ({
      ...name,
      form: name.form === 'Công ty cổ phần' ? 'Công ty TNHH' : 'Công ty cổ phần',
    })),
  ),
  stranger(
    'stranger: nearly the name',
    named(({ ...name }) => {
      const found = near.find(([from]) => name.brand.endsWith(from));
      return found && { ...name, brand: name.brand.slice(0, -found[0].length) + found[1] };
    }),
  ),
  stranger(
    'stranger: another company at the address',
    named((name, dice) => ({ ...name, brand: brandOf(dice) })),
  ),
  stranger(
    'stranger: the same name elsewhere',
    named((name) => name, elsewhere),
  ),
  stranger(
    'stranger: another company of the boss',
    named(
      (name, dice) => ({ ...name, brand: brandOf(dice) }),
      (o, dice) => ({ ...sameBoss(o), ...elsewhere(o, dice) }),
    ),
  ),
  stranger('stranger: nobody alike', (organisation, dice) => ({
    ...organisation,
    name: { ...organisation.name, brand: brandOf(dice) },
    address: addressOf(dice),
    representative: person(dice),
    establishedOn: day(dice),
  })),
];
