import { expect, it } from 'vitest';
import { type RenewOptions, runRenew } from './run.ts';

it.each<[string, readonly string[], RenewOptions]>([
  ['no case is named', [], {}],
  ['cases are named, and the failing ones too', ['registration-1'], { failing: true }],
  ['the failing ones are named, and those of a time too', [], { failing: true, begunBefore: '2026-03-01' }],
  ['the time is none', [], { begunBefore: 'yesterday' }],
])('renews nothing when %s', async (_, streams, options) => {
  await expect(runRenew(streams, options)).rejects.toMatchObject({ code: 'EID_ERR_USAGE' });
});
