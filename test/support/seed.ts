import fc from 'fast-check';

/** The same examples each time; `FAST_CHECK_SEED=random` explores others, a number repeats what was found. */
const wanted = process.env.FAST_CHECK_SEED ?? '20240625';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
