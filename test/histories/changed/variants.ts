import type { Change } from './compile.ts';

const runner = 'workflows/case.ts';
const APPEND = 'const answer = await record({';

/** The runner reads the log before each append: one more activity in every history. */
export const readsFirst: Change = {
  file: runner,
  edits: [[APPEND, `await readAfter(input.stream, version);\n${APPEND}`]],
};

/** The same as a release may bring it: only for what comes after the change. */
export const readsFirstPatched: Change = {
  file: runner,
  edits: [[APPEND, `if (wf.patched('read-first')) await readAfter(input.stream, version);\n${APPEND}`]],
};

/** The runner sleeps without a timer. */
export const sleepsForEver: Change = {
  file: runner,
  edits: [['wf.condition(moved, Math.max(due.at - Date.now(), 1))', 'wf.condition(moved).then(() => true)']],
};

/** Registries are asked in another order. */
export const asksInAnotherOrder: Change = {
  file: 'domain/registration/effects.ts',
  edits: [["=> check.status === 'ASKED')", "=> check.status === 'ASKED').reverse()"]],
};

/** A supplement is asked for twice at once: one event more than the log holds. */
export const decidesMore: Change = {
  file: 'domain/registration/steps.ts',
  edits: [
    [
      "d.add({ type: 'SupplementRequested', data });",
      "d.add({ type: 'SupplementRequested', data }, { type: 'SupplementRequested', data });",
    ],
  ],
};

/** A notice says less than it did: no command of the workflow shows it, only the state. */
export const decidesOtherwise: Change = {
  file: 'domain/registration/steps.ts',
  edits: [['organisation: dossier.organisation.nameVi,', "organisation: '',"]],
};

/** The runner tells its state whenever it took events: sink `golden`, function `stands`. */
export const tellsItsState: Change = {
  file: runner,
  edits: [
    [
      'effects.steer(closed() ? [] : decider.effects(state), correlationId);',
      `effects.steer(closed() ? [] : decider.effects(state), correlationId);
       wf.proxySinks().golden.stands(JSON.stringify(state));`,
    ],
  ],
};
