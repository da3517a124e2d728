import type { DirtEffect } from '../../registries/world/dirt/dirt.ts';
import { type AppliedDirt, type WorldOrganisation, worldOf } from '../../registries/world/world.ts';
import { RecordField, type RecordValues, Registry } from '../../schemas/registry.ts';
import type { Label, Pair } from './pair.ts';

type Fields = Readonly<Record<Registry, readonly RecordField[]>>;

/**
 * Pairs of a generated world: what is declared against what each registry holds, in the fields that the policy asks it for. The
 * label follows from the dirt that the generator put there, never from the matcher.
 *
 * @param count how many pairs
 */
export function generatedPairs(seed: string, count: number, fields: Fields): Pair[] {
  const pairs: Pair[] = [];
  for (const one of worldOf(seed, count)) {
    for (const pair of pairsOf(one, seed, fields)) {
      if (pairs.length === count) return pairs;
      pairs.push(pair);
    }
  }
  return pairs;
}

function pairsOf(one: WorldOrganisation, seed: string, fields: Fields): Pair[] {
  return Registry.options.flatMap((registry) => {
    const held = one.records[registry];
    if (!held) return [];
    const asked = fields[registry];
    const declared = only(one.declared, asked);
    const seen = one.declaredDirt.filter((dirt) => dirt.fields.some((field) => asked.includes(field)));
    const dirt = [...seen, ...held.dirt];
    const id = `${seed}-${one.organisation.n}-${registry}`;
    const kind = dirt.length === 0 ? 'nothing differs' : dirt.map((d) => d.kind).join(', ');
    return [{ id, kind, label: labelOf(dirt), declared, registry: held.values }];
  });
}

function labelOf(dirt: readonly AppliedDirt[]): Label {
  const has = (effect: DirtEffect) => dirt.some((one) => one.effect === effect);
  if (has('STRANGER') || has('FACT')) return 'different';
  return has('LACK') ? 'unclear' : 'same';
}

const only = (values: RecordValues, fields: readonly RecordField[]): RecordValues =>
  Object.fromEntries(
    RecordField.options.flatMap((field) =>
      fields.includes(field) && values[field] !== undefined ? [[field, values[field]]] : [],
    ),
  );
