import { z } from 'zod';

/**
 * Ways in which a mock party misbehaves: `SILENT` never answers, `SLOW` answers late, `TWICE` sends its answer twice,
 * `WRONG` answers with other values (a channel: reports failure), `GARBAGE` sends what is no answer, `UNAVAILABLE` asks to be asked again
 * (a channel: reports failure), `MISADDRESSED` answers on another party's subject, `ERROR` fails inside the adapter, `REFUSED` will not
 * answer, `CONTRADICTORY` sends a second answer that says another thing, `FOREIGN_QUERY` answers to a question that was not put to it.
 */
export const Fault = z.enum([
  'NONE',
  'SILENT',
  'SLOW',
  'TWICE',
  'WRONG',
  'GARBAGE',
  'UNAVAILABLE',
  'MISADDRESSED',
  'ERROR',
  'REFUSED',
  'CONTRADICTORY',
  'FOREIGN_QUERY',
]);
export type Fault = z.infer<typeof Fault>;

/** A fault, for how long (ms) where that means something, and how often it shows (for ever when absent). */
export type FaultRule = {
  readonly fault: Fault;
  readonly ms?: number | undefined;
  readonly times?: number | undefined;
};

/** Which fault shows when: what was commanded for a key goes before what was commanded for all, and both before the data. */
export type FaultBoard = {
  /** Without a key: for all, and every rule for single keys is forgotten. */
  command(rule: FaultRule, key?: string): void;
  /** The fault to show now if it is one of those given, and counts it as shown. `keys` name the question's record. */
  show(among: readonly Fault[], keys: readonly string[], own?: FaultRule): FaultRule | undefined;
};

type Live = { readonly rule: FaultRule; shown: number };

export function faultBoard(): FaultBoard {
  let forAll: Live | undefined;
  const byKey = new Map<string, Live>();
  const ofData = new Map<string, Live>();

  function current(keys: readonly string[], own: FaultRule | undefined): Live | undefined {
    const commanded = keys.map((key) => byKey.get(key)).find((live) => live !== undefined) ?? forAll;
    if (commanded) return commanded;
    if (!own) return undefined;
    const id = keys.join(' ');
    const live = ofData.get(id) ?? { rule: own, shown: 0 };
    ofData.set(id, live);
    return live;
  }

  return {
    command(rule, key) {
      if (key !== undefined) {
        byKey.set(key, { rule, shown: 0 });
        return;
      }
      byKey.clear();
      forAll = rule.fault === 'NONE' ? undefined : { rule, shown: 0 };
    },
    show(among, keys, own) {
      const live = current(keys, own);
      if (!live || !among.includes(live.rule.fault)) return undefined;
      if (live.rule.times !== undefined && live.shown >= live.rule.times) return undefined;
      live.shown++;
      return live.rule;
    },
  };
}
