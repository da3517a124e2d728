import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadPolicy } from '../../policies/load.ts';
import { loadMatchingPolicy } from '../../policies/matching/load.ts';
import { fieldsAsked } from './fields.ts';
import { generatedPairs } from './generated.ts';
import { handwrittenPairs } from './handwritten.ts';
import { errorsOf, judgePairs, qualityOf } from './measure.ts';

const policy = await loadMatchingPolicy();
const fields = fieldsAsked(await loadPolicy());
const handwritten = judgePairs(policy, await handwrittenPairs());
const known: { id: string; label: string; band: string; reason: string }[] = parse(
  readFileSync(new URL('./known-errors.yaml', import.meta.url), 'utf8'),
);

describe('the pairs written by hand', () => {
  it('are more than two hundred, of every label', () => {
    expect(handwritten.length).toBeGreaterThan(200);
    for (const label of ['same', 'different', 'unclear']) {
      expect(handwritten.filter((pair) => pair.label === label).length).toBeGreaterThan(25);
    }
  });

  it('put no wrong pair into the match band', () => {
    const wrong = handwritten.filter(({ label, match }) => match.band === 'same' && label !== 'same');
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it('put no pair into the mismatch band wrongly but those listed by name', () => {
    const wrong = errorsOf(handwritten).map(({ id, label, band }) => ({ id, label, band }));
    expect(wrong).toEqual(known.map(({ id, label, band }) => ({ id, label, band })));
  });

  it('get the same band when declaration and registry change places', () => {
    const turned = judgePairs(
      policy,
      handwritten
        // A field that only the registry holds is no difference; one that was only declared is.
        .filter(({ declared, registry }) => Object.keys(declared).join() === Object.keys(registry).join())
        .map(({ match: _, declared, registry, ...rest }) => ({
          ...rest,
          declared: registry,
          registry: declared,
        })),
    );
    const bands = new Map(handwritten.map(({ id, match }) => [id, match.band]));
    for (const { id, match } of turned) expect([id, match.band]).toEqual([id, bands.get(id)]);
  });

  it('say for every field how it scored and why', () => {
    for (const { match } of handwritten) {
      for (const field of match.fields) {
        expect(field.score).toBeGreaterThanOrEqual(0);
        expect(field.why.vi).not.toBe('');
        expect(field.why.en).not.toBe('');
      }
      expect(match.why.en).not.toBe('');
    }
  });
});

describe('generated pairs', () => {
  it.each(['unit-1', 'unit-2'])('of world %s put no wrong pair into the match band', (seed) => {
    const judged = judgePairs(policy, generatedPairs(seed, 1500, fields));
    const quality = qualityOf(judged);
    expect(errorsOf(judged).filter(({ band }) => band === 'same')).toEqual([]);
    expect(quality.pairs).toBe(1500);
    expect(quality.recallMatch).toBeGreaterThan(0.8);
    expect(quality.precisionMismatch).toBeGreaterThan(0.95);
  });

  it('are labelled by what the generator did', () => {
    const pairs = generatedPairs('unit-1', 1500, fields);
    for (const { kind, label } of pairs) {
      if (/stranger|moved|renamed/.test(kind)) expect(label).toBe('different');
      if (kind === 'nothing differs') expect(label).toBe('same');
    }
  });
});
