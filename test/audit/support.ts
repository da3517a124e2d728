import { randomCase } from '../../audit/testing/histories.spec.ts';
import { projections } from '../../domain/projections.ts';
import { type CaseType, caseTypeOf, type LoggedEvent } from '../../schemas/case.ts';
import type { Queryable } from '../../store/pool.ts';
import { readStream } from '../../store/read.ts';
import { createRecorder } from '../../store/record.ts';

/** Records events as a case would, each as a command of its own; answers with what the log holds then. */
export async function recorded(
  db: Queryable,
  stream: string,
  events: readonly LoggedEvent[],
): Promise<LoggedEvent[]> {
  const recorder = createRecorder(db, projections);
  const caseType = caseTypeOf(stream);
  if (caseType === undefined) throw new Error(`${stream} is no case`);
  const { policyVersion } = events[0]?.data ?? {};
  for (const [i, { type, data, at, by }] of events.entries()) {
    const answer = await recorder.record({
      stream,
      caseType,
      policyVersion: String(policyVersion),
      expectedVersion: i,
      commandId: `${stream}/${i}`,
      actor: by,
      at,
      events: [{ type, data }],
    });
    if (answer.kind !== 'recorded') throw new Error(`${stream}: ${answer.kind}`);
  }
  return await readStream(db, stream);
}

/** The first random case of a type that satisfies a wish. */
export function caseWith(caseType: CaseType, wish: (types: readonly string[]) => boolean) {
  for (let seed = 0; seed < 2000; seed += 1) {
    const found = randomCase(caseType, seed, 50);
    if (wish(found.events.map(({ type }) => type))) return found;
  }
  throw new Error(`no random ${caseType} is so`);
}

/** An account of its own name and number that lived as the given one did. */
export function accountLike(events: readonly LoggedEvent[], n: number) {
  const number = String(20_000_000_000 + n);
  const stream = `account-${number}`;
  const own = events.map((event) => {
    if (event.type !== 'AccountOpened') return { ...event, stream };
    const identity = { ...(event.data.identity as object), identificationNumber: number };
    return {
      ...event,
      stream,
      data: { ...event.data, number, identity, organisationKeys: [`code:${number}`] },
    };
  });
  return { stream, number, events: own };
}
