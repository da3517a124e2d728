import process from 'node:process';
import { parseArgs } from 'node:util';
import { loadPolicy } from '../../policies/load.ts';
import { loadMatchingPolicy } from '../../policies/matching/load.ts';
import { fieldsAsked } from './fields.ts';
import { generatedPairs } from './generated.ts';
import { handwrittenPairs } from './handwritten.ts';
import { errorsOf, judgePairs, pairsPerSecond, qualityOf } from './measure.ts';
import { textReport } from './report.ts';

const { values: args } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** How many generated pairs, for each of the two seeds. */
    pairs: { type: 'string', default: '3000' },
    seed: { type: 'string', default: 'bench' },
    /** A world that nothing was tuned on. */
    'held-out': { type: 'string', default: 'held-out' },
  },
});
const count = Number(args.pairs);
if (!Number.isInteger(count) || count < 1) {
  process.stderr.write('EID_ERR_USAGE: --pairs is a whole number above 0\n');
  process.exit(2);
}

const [policy, matching] = [await loadPolicy(), await loadMatchingPolicy()];
const fields = fieldsAsked(policy);
const handwritten = judgePairs(matching, await handwrittenPairs());
const generated = judgePairs(matching, generatedPairs(args.seed, count, fields));
const heldOut = judgePairs(matching, generatedPairs(args['held-out'], count, fields));
const all = [...handwritten, ...generated, ...heldOut];
const result = {
  ...qualityOf(all),
  pairsPerSecond: pairsPerSecond(matching, all),
  policyVersion: matching.version,
  seeds: { generated: args.seed, heldOut: args['held-out'] },
  sets: {
    handwritten: qualityOf(handwritten),
    generated: qualityOf(generated),
    heldOut: qualityOf(heldOut),
  },
  errors: errorsOf(all),
};
process.stdout.write(args.json ? `${JSON.stringify(result)}\n` : textReport(result));
