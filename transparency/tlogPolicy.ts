import { parseVerifierKey, type VerifierKey } from './keys.ts';

/** A log or a witness that a policy names. */
export type Party = { readonly key: VerifierKey; readonly url?: string };
export type Witness = Party & { readonly name: string };

/** Which logs are believed, and which of their witnesses must have cosigned (C2SP tlog-policy). */
export type TlogPolicy = {
  readonly logs: readonly Party[];
  readonly witnesses: readonly Witness[];
  /** Whether these cosigners are enough. */
  enough(cosigners: readonly VerifierKey[]): boolean;
};

type Rule = (names: ReadonlySet<string>) => boolean;

/** @throws RangeError with the line that is not right */
export function parseTlogPolicy(text: string): TlogPolicy {
  const logs: Party[] = [];
  const witnesses: Witness[] = [];
  const rules = new Map<string, Rule>([['none', () => true]]);
  let quorum: Rule | undefined;

  const name = (given: string | undefined, line: string): string => {
    if (!given || rules.has(given)) throw new RangeError(`no new name: ${line}`);
    return given;
  };
  const party = (
    given: string | undefined,
    url: string | undefined,
    type: VerifierKey['type'],
    line: string,
  ): Party => {
    const key = parseVerifierKey(given ?? '');
    if (key?.type !== type) throw new RangeError(`no key of this kind: ${line}`);
    const known = [...logs, ...witnesses].some((one) => one.key.publicKey.equals(key.publicKey));
    if (known) throw new RangeError(`the key is there already: ${line}`);
    return { key, ...(url === undefined ? {} : { url }) };
  };

  for (const line of text.split('\n')) {
    const [word, ...rest] = line.split(/[ \t]+/).filter((item) => item !== '');
    if (word === undefined || word.startsWith('#')) continue;
    const [first, second, third, ...more] = rest;
    if (word === 'log' && rest.length <= 2) logs.push(party(first, second, 'ED25519', line));
    else if (word === 'witness' && more.length === 0) {
      const called = name(first, line);
      witnesses.push({ name: called, ...party(second, third, 'COSIGNATURE', line) });
      rules.set(called, (names) => names.has(called));
    } else if (word === 'group') rules.set(name(first, line), group(second, rest.slice(2), rules, line));
    else if (word === 'quorum' && rest.length === 1 && !quorum)
      quorum = rules.get(first ?? '') ?? refuse(line);
    else refuse(line);
  }
  if (!quorum || logs.length === 0) throw new RangeError('a policy has a log and one line of quorum');
  const rule = quorum;
  const called = (keys: readonly VerifierKey[]) =>
    witnesses.filter(({ key }) => keys.some(({ id, name: of }) => id === key.id && of === key.name));
  return {
    logs,
    witnesses,
    enough: (cosigners) => rule(new Set(called(cosigners).map((witness) => witness.name))),
  };
}

function group(
  threshold: string | undefined,
  members: readonly string[],
  rules: ReadonlyMap<string, Rule>,
  line: string,
): Rule {
  const of = members.map((member) => (member === 'none' ? undefined : rules.get(member)) ?? refuse(line));
  const k = threshold === 'all' ? of.length : threshold === 'any' ? 1 : Number(threshold);
  if (!Number.isInteger(k) || k < 1 || k > of.length) return refuse(line);
  return (names) => of.filter((rule) => rule(names)).length >= k;
}

function refuse(line: string): never {
  throw new RangeError(`not a line of a policy: ${line}`);
}
