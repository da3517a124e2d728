import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { RecordField, type RecordValues } from '../../schemas/registry.ts';
import type { Pair } from './pair.ts';

const Values = z.partialRecord(RecordField, z.string());
const Row = z.tuple([
  z.string(),
  z.string(),
  z.enum(['same', 'different', 'unclear']),
  z.string(),
  Values,
  Values,
  z.string().min(1),
]);
const File = z.strictObject({ bases: z.record(z.string(), Values), pairs: z.array(Row) });

/** The pairs written by hand. @throws Error when a row has not the shape, names no base or repeats an id */
export async function handwrittenPairs(): Promise<Pair[]> {
  const { bases, pairs } = File.parse(
    parse(await readFile(new URL('./handwritten.yaml', import.meta.url), 'utf8')),
  );
  const ids = new Set(pairs.map(([id]) => id));
  if (ids.size !== pairs.length) throw new Error('handwritten.yaml: an id stands twice');
  return pairs.map(([id, kind, label, base, declared, registry, reason]) => {
    const both = bases[base];
    if (!both) throw new Error(`handwritten.yaml: ${id} has no base ${base}`);
    return { id, kind, label, declared: over(both, declared), registry: over(both, registry), reason };
  });
}

/** An empty text takes a field away. */
const over = (base: RecordValues, values: RecordValues): RecordValues =>
  Object.fromEntries(Object.entries({ ...base, ...values }).filter(([, value]) => value !== ''));
