import type { AddressIndex } from './address-index.ts';
import { likeness } from './distance.ts';
import type { NormalisedAddress, PlaceName } from './normalise-address.ts';
import { fold } from './syllable.ts';
import { type Concern, conflict, doubt, versus } from './verdict.ts';

const show = (a: string, b: string) => versus(a === '' ? [] : a.split(' '), b === '' ? [] : b.split(' '));

/** The address under its new names, where the catalogue is certain that the whole unit is one with the new. */
export function renamedInto(index: AddressIndex, address: NormalisedAddress): NormalisedAddress {
  const sure = index.renamed.filter(({ certain }) => certain);
  const province = sure.find(({ level, from }) => level === 'PROVINCE' && from === address.province)?.to;
  const commune = sure.find(({ level, from }) => level === 'COMMUNE' && from === fullName(address))?.to;
  const [label, ...name] = commune?.split(' ') ?? [];
  return {
    ...address,
    province: province ?? address.province,
    ...(label === undefined ? {} : { commune: { label, name: name.join(' ') }, district: undefined }),
  };
}

/** `xã a huyện b tỉnh c` without the last label, as the catalogue's `from` is read. */
const fullName = ({ commune, district, province }: NormalisedAddress): string =>
  [commune?.label, commune?.name, district?.label, district?.name, province].filter(Boolean).join(' ');

export function provinceConcerns(index: AddressIndex, a: NormalisedAddress, b: NormalisedAddress): Concern[] {
  const [left, right] = [a.province ?? '', b.province ?? ''];
  if (left === right) return [];
  const shown = show(left, right);
  if (left === '' || right === '')
    return [doubt(`một bên không ghi tỉnh: ${shown}`, `one side names no province: ${shown}`)];
  const merged = index.renamed.some(
    ({ level, from, to }) =>
      level === 'PROVINCE' && ((from === left && to === right) || (from === right && to === left)),
  );
  if (merged) {
    return [
      doubt(
        `tỉnh đã sáp nhập từ 01/7/2025, chưa rõ xã mới: ${shown}`,
        `provinces merged on 1 July 2025, the new commune is not known: ${shown}`,
      ),
    ];
  }
  return fold(left) === fold(right)
    ? [doubt(`tên tỉnh chỉ khác dấu: ${shown}`, `only marks of the province differ: ${shown}`)]
    : [conflict(`khác tỉnh: ${shown}`, `different provinces: ${shown}`)];
}

export function districtConcerns(a: NormalisedAddress, b: NormalisedAddress, personFrom: number): Concern[] {
  if (a.district === undefined && b.district === undefined) return [];
  if (a.district === undefined || b.district === undefined) {
    const shown = show(a.district?.name ?? '', b.district?.name ?? '');
    return [
      doubt(
        `một bên không ghi cấp huyện (cấp huyện kết thúc hoạt động từ 01/7/2025): ${shown}`,
        `one side names no district (the level ended on 1 July 2025): ${shown}`,
      ),
    ];
  }
  return placeConcerns(a.district, b.district, personFrom, 'huyện', 'districts');
}

/** What the catalogue says, without certainty, of a commune and what it became. */
function listedConcern(index: AddressIndex, a: NormalisedAddress, b: NormalisedAddress): Concern | undefined {
  const listed = (from: NormalisedAddress, to: NormalisedAddress) =>
    index.renamed.some(
      (unit) =>
        unit.level === 'COMMUNE' &&
        unit.from === fullName(from) &&
        unit.to === `${to.commune?.label} ${to.commune?.name}`,
    );
  if (!listed(a, b) && !listed(b, a)) return undefined;
  const shown = show(a.commune?.name ?? '', b.commune?.name ?? '');
  return doubt(
    `theo danh mục (chưa chắc chắn), xã, phường cũ nhập vào xã, phường mới: ${shown}`,
    `by the catalogue, without certainty, the old commune went into the new one: ${shown}`,
  );
}

/** With a district on one side only, the other may name the commune formed after 1 July 2025: a person decides. */
export function communeConcerns(
  index: AddressIndex,
  a: NormalisedAddress,
  b: NormalisedAddress,
  personFrom: number,
  regrouped: boolean,
): Concern[] {
  if (a.commune === undefined && b.commune === undefined) return [];
  if (a.commune === undefined || b.commune === undefined) {
    const shown = show(a.commune?.name ?? '', b.commune?.name ?? '');
    return [doubt(`một bên không ghi xã, phường: ${shown}`, `one side names no commune or ward: ${shown}`)];
  }
  const listed = listedConcern(index, a, b);
  if (listed) return [listed];
  const found = placeConcerns(a.commune, b.commune, personFrom, 'xã, phường', 'communes');
  if (!regrouped || found.every(({ band }) => band === 'person')) return found;
  const shown = show(a.commune.name, b.commune.name);
  return [
    doubt(
      `khác xã, phường, nhưng có thể do sắp xếp lại từ 01/7/2025: ${shown}`,
      `different communes, perhaps by the regrouping of 1 July 2025: ${shown}`,
    ),
  ];
}

function placeConcerns(a: PlaceName, b: PlaceName, personFrom: number, vi: string, en: string): Concern[] {
  if (a.name === b.name) {
    const shown = show(a.label, b.label);
    return a.label === b.label
      ? []
      : [doubt(`cùng tên, khác loại đơn vị: ${shown}`, `same name, another kind of unit: ${shown}`)];
  }
  const shown = show(a.name, b.name);
  if (fold(a.name) === fold(b.name))
    return [doubt(`tên ${vi} chỉ khác dấu: ${shown}`, `only marks of the ${en} differ: ${shown}`)];
  const numbered = /\p{N}/u.test(a.name + b.name);
  return !numbered && likeness(a.name, b.name) >= personFrom
    ? [doubt(`tên ${vi} gần giống: ${shown}`, `names of ${en} nearly alike: ${shown}`)]
    : [conflict(`khác ${vi}: ${shown}`, `different ${en}: ${shown}`)];
}
