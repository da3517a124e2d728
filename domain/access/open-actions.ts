import type { AccessTable, OpenAction } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { CaseType, CommandOf } from '../../schemas/case.ts';
import type { ErrorCode } from '../../schemas/errors.ts';
import type { CasePolicy } from '../../schemas/policy.ts';
import { decideAccount } from '../account/decide.ts';
import type { Body } from '../decider.ts';
import { DomainError } from '../error.ts';
import { decideLockOrder } from '../lock-order/decide.ts';
import { decideRegistration } from '../registration/decide.ts';
import { decideVerification } from '../verification/decide.ts';
import type { BodyOf, StateOf } from './case.ts';
import { granted } from './permission.ts';
import { accountProbes } from './probes/account.ts';
import { lockOrderProbes } from './probes/lock-order.ts';
import type { Probes, Probing } from './probes/probe.ts';
import { registrationProbes } from './probes/registration.ts';
import { verificationProbes } from './probes/verification.ts';

/** A command that could be given; `taskId` when it is about one. */
export type Probe<T extends CaseType> = { readonly taskId?: string; readonly command: CommandOf<BodyOf[T]> };

const probesOf: { readonly [T in CaseType]: Probes<BodyOf[T], StateOf[T]> } = {
  registration: registrationProbes,
  account: accountProbes,
  'lock-order': lockOrderProbes,
  verification: verificationProbes,
};

type Decide<T extends CaseType> = (
  command: CommandOf<BodyOf[T]>,
  state: StateOf[T],
  now: number,
  policy: CasePolicy,
) => readonly Body[];

const decideOf: { readonly [T in CaseType]: Decide<T> } = {
  registration: decideRegistration,
  account: decideAccount,
  'lock-order': decideLockOrder,
  verification: decideVerification,
};

/** Refusals of what the placeholder says, or of what can be mended first: the command itself is in its place. */
const aboutData: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'EID_ERR_SHAPE',
  'EID_ERR_REASON_MISSING',
  'EID_ERR_DOSSIER_NOT_VALID',
  'EID_ERR_ORDER_INCOMPLETE',
  'EID_ERR_ANSWER_INCOMPLETE',
]);

/** Everything that is tried for a caller, in a stable order: by command type, then by task. */
export function probesFor<T extends CaseType>(
  caseType: T,
  probing: Probing<StateOf[T]>,
): readonly Probe<T>[] {
  const probes: Readonly<Record<string, (probing: Probing<StateOf[T]>) => readonly object[]>> =
    probesOf[caseType];
  return Object.entries(probes).flatMap(([type, tried]) =>
    tried(probing).map((data) => {
      // Each entry of `Probes` gives the data of its own type, which a loop over all of them cannot say.
      const command = { id: 'probe', actor: probing.actor, type, data } as unknown as CommandOf<BodyOf[T]>;
      return 'taskId' in data && typeof data.taskId === 'string'
        ? { taskId: data.taskId, command }
        : { command };
    }),
  );
}

/** What comes of a probe: it is taken; it would be with other data (the code says which); or it is refused. */
export function tryProbe<T extends CaseType>(
  caseType: T,
  { command }: Probe<T>,
  state: StateOf[T],
  now: number,
  policy: CasePolicy,
): 'TAKEN' | 'REFUSED' | ErrorCode {
  try {
    return decideOf[caseType](command, state, now, policy).length > 0 ? 'TAKEN' : 'REFUSED';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return aboutData.has(error.code) ? error.code : 'REFUSED';
  }
}

/**
 * The commands that are open to a caller now: those that the table grants and the case's own `decide` takes, tried with
 * the smallest data. What would change nothing is not open. Nothing is changed by asking; the order is stable.
 * @param now epoch ms
 */
export function openActions<T extends CaseType>(
  actor: Actor,
  caseType: T,
  state: StateOf[T],
  now: number,
  policy: CasePolicy,
  table: AccessTable,
): readonly OpenAction[] {
  const may = granted(actor, caseType, state, { table, c06Unit: policy.c06Unit });
  const open = new Map<string, OpenAction>();
  for (const probe of probesFor(caseType, { actor, state, now })) {
    const { type } = probe.command;
    const action = { type, ...(probe.taskId === undefined ? {} : { taskId: probe.taskId }) };
    const key = `${type} ${probe.taskId ?? ''}`;
    const known = open.get(key);
    if (!may.has(type) || (known && known.why === undefined)) continue;
    const outcome = tryProbe(caseType, probe, state, now, policy);
    if (outcome === 'TAKEN') open.set(key, action);
    else if (outcome !== 'REFUSED' && !known) open.set(key, { ...action, why: outcome });
  }
  return [...open.values()];
}
