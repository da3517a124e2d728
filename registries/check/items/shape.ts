import { judgeChange } from '../../../bus/change.ts';
import { faultsOf } from '../heard.ts';
import { failed, type Item, notRun, passed } from '../item.ts';

/** How many faults are told; the first ones say it. */
const TOLD = 3;
const told = (faults: readonly string[]) =>
  faults.length <= TOLD
    ? faults.join('; ')
    : `${faults.slice(0, TOLD).join('; ')}; and ${faults.length - TOLD} more`;

export const answerShape: Item = {
  name: 'answer-shape',
  did: 'read all messages on answers.* as the system reads them',
  expected:
    'each a CloudEvent of type orgeid.registry.answer.v1 on answers.<PARTY> with data of shape registry-answer/1, to a query that was put',
  next: 'see docs/guides/adapter-check.md, "What an answer looks like"; the schema is schemas/json/registry-answer.schema.json',
  async run({ bus, party, questions }) {
    const faults = new Set<string>();
    for (const heard of bus.answers)
      for (const fault of faultsOf(heard, party, questions.made)) faults.add(fault);
    return faults.size === 0 ? passed(`${bus.answers.length} messages`) : failed(told([...faults]));
  },
};

export const changeShape: Item = {
  name: 'changes',
  did: 'read all messages on changes.* as the system reads them',
  expected:
    'each a CloudEvent of type orgeid.registry.change.v1 on changes.<REGISTRY> with data of shape registry-change/1',
  next: 'see docs/guides/registry-changes.md',
  async run({ bus, party }) {
    if (bus.changes.length === 0) {
      return notRun(
        'no change came during the check',
        'have the registry change a record while the check runs',
      );
    }
    const faults = new Set<string>();
    for (const { subject, data, at } of bus.changes) {
      const judged = judgeChange(subject, data, at);
      if (judged.kind !== 'CHANGE') faults.add(`${judged.kind}: ${judged.detail}`);
      else if (subject !== `changes.${party}`) faults.add(`sent on ${subject} instead of changes.${party}`);
    }
    return faults.size === 0 ? passed(`${bus.changes.length} changes`) : failed(told([...faults]));
  },
};
