import { expect, it } from 'vitest';
import { DomainError } from '../../domain/error.ts';
import { checkMatchingPolicy, loadMatchingPolicy } from './load.ts';

const policy = await loadMatchingPolicy();

const refusal = (change: (data: ReturnType<typeof structuredClone<typeof policy>>) => void): DomainError => {
  const data = structuredClone(policy);
  change(data);
  try {
    checkMatchingPolicy(data, 'matching.yaml');
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('taken');
};

it('the shipped policy is valid and small enough to be pinned into a case', () => {
  expect(checkMatchingPolicy(JSON.parse(JSON.stringify(policy)), 'again')).toEqual(policy);
  expect(JSON.stringify(policy).length).toBeLessThan(20_000);
});

it('refuses a threshold outside 0 to 1 and names its path', () => {
  const error = refusal((data) => {
    data.fields.name_vi.personFrom = 1.5;
  });
  expect(error.code).toBe('EID_ERR_POLICY_INVALID');
  expect(error.details).toMatchObject({ file: 'matching.yaml', path: 'fields.name_vi.personFrom' });
});

it('refuses a name field without a lexicon', () => {
  const error = refusal((data) => {
    data.fields.name_en.lexicons = [];
  });
  expect(error.details.path).toBe('fields.name_en.lexicons');
});

it('refuses a file that cannot be read', async () => {
  await expect(loadMatchingPolicy(new URL('./none.yaml', import.meta.url))).rejects.toMatchObject({
    code: 'EID_ERR_POLICY_INVALID',
  });
});
