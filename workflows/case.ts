import * as wf from '@temporalio/workflow';
import type { Body, Decider, Effect } from '../domain/decider.ts';
import { systemActor } from '../domain/deciding.ts';
import { DomainError } from '../domain/error.ts';
import { toInstant } from '../domain/time.ts';
import { fillTokens } from '../domain/tokens.ts';
import type { CaseType, CommandOf, LoggedFact } from '../schemas/case.ts';
import { type EffectTable, effectsRunner } from './effects.ts';
import { asFailure, mustHaveRecorded, upToDate } from './failure.ts';
import { type CaseInput, type CommandAnswer, command, snapshot, type WireCommand } from './messages.ts';
import { readAfter, record } from './recorder.ts';
import { serial } from './serial.ts';

const REMEMBERED_COMMANDS = 500;

/**
 * Keeps one case alive. The log wins: the state is the fold of what the log holds, never of what this workflow hoped to
 * write. Ends when the case is closed; resolves to true when it should continue as new instead.
 */
export async function runCase<S, C extends Body, E extends Body, W extends Effect>(
  caseType: CaseType,
  decider: Decider<S, C, E, W>,
  table: EffectTable<W, C>,
  input: CaseInput,
): Promise<CaseInput | undefined> {
  let state = (input.carried?.state ?? decider.initial) as S;
  let version = input.carried?.version ?? 0;
  let correlationId = input.carried?.correlationId ?? input.stream;
  let tried = version > 0;
  const recent = new Map<string, number>(input.carried?.recent ?? []);
  const inTurn = serial();
  const effects = effectsRunner<W, C>(table, (id, result, correlation) =>
    perform({ ...own(id, result), correlationId: correlation }),
  );

  const own = (id: string, body: C) => ({ ...body, id, actor: systemActor }) as CommandOf<C>;
  const closed = () => decider.view(state).closed;
  const ahead = (sent: WireCommand | CommandOf<C>) => (sent.seenVersion ?? 0) > version;
  const decide = (sent: CommandOf<C>) => {
    const { ifVersion = version } = sent;
    if (ifVersion !== version) throw new DomainError('EID_ERR_VERSION', { version, ifVersion });
    return sent.type === 'Wake' ? [] : decider.decide(sent, state, Date.now());
  };

  function take(facts: readonly LoggedFact[]): void {
    for (const fact of facts) {
      if (fact.version <= version) {
        recent.set(fact.commandId, fact.version);
        continue;
      }
      state = decider.evolve(state, fact as LoggedFact & E);
      version = fact.version;
      recent.delete(fact.commandId);
      recent.set(fact.commandId, fact.version);
      correlationId = fact.correlationId ?? correlationId;
    }
    for (const id of recent.keys()) if (recent.size > REMEMBERED_COMMANDS) recent.delete(id);
    effects.steer(closed() ? [] : decider.effects(state), correlationId);
  }

  async function catchUp(): Promise<boolean> {
    const before = version;
    take(await readAfter(input.stream, version));
    return version > before;
  }

  const perform = (sent: CommandOf<C>): Promise<CommandAnswer> =>
    inTurn(async () => {
      let readLog = false;
      if (ahead(sent)) await catchUp();
      for (;;) {
        const done = recent.get(sent.id);
        if (done !== undefined) return { version: done };
        let events: readonly E[];
        try {
          events = decide(sent);
        } catch (error) {
          if (readLog || !(await catchUp())) throw error;
          readLog = true;
          continue;
        }
        if (events.length === 0) return { version };
        const { id, name, unit } = sent.actor;
        const meta = { at: toInstant(Date.now()), by: { id, name, ...(unit === undefined ? {} : { unit }) } };
        const answer = await record({
          stream: input.stream,
          caseType,
          policyVersion: input.policy.version,
          expectedVersion: version,
          commandId: sent.id,
          correlationId: sent.correlationId ?? correlationId,
          actor: meta.by,
          at: meta.at,
          events,
        });
        if (answer.kind === 'reserved') {
          throw new DomainError('EID_ERR_ORGANISATION_TAKEN', { key: answer.key, by: answer.by });
        }
        if (answer.kind === 'recorded') mustHaveRecorded(answer.version, version + events.length);
        const more = { commandId: sent.id, correlationId: sent.correlationId ?? correlationId, ...meta };
        const from = version;
        take(
          answer.kind === 'ahead'
            ? answer.events
            : fillTokens(events, answer.filled).map((e, i) => ({ ...e, ...more, version: from + i + 1 })),
        );
      }
    });

  wf.setHandler(snapshot, () => ({ version, state }));
  wf.setHandler(
    command,
    async (sent) => {
      try {
        return await perform(sent as CommandOf<C>);
      } catch (error) {
        throw asFailure(error);
      } finally {
        tried = true;
      }
    },
    {
      validator: (sent) => {
        if (version === 0 || recent.has(sent.id) || ahead(sent)) return;
        if (sent.type === 'Wake') throw upToDate();
        try {
          decide(sent as CommandOf<C>);
        } catch (error) {
          throw asFailure(error);
        }
      },
    },
  );

  const tooLong = () =>
    input.continueAfter === undefined
      ? wf.workflowInfo().continueAsNewSuggested
      : wf.workflowInfo().historyLength > input.continueAfter;
  const over = () => closed() || tooLong();
  if (input.carried) take([]);
  await wf.condition(() => tried);
  while (version > 0 && !over()) {
    const due = decider.deadline(state);
    const moved = () => over() || decider.deadline(state)?.at !== due?.at;
    const asleep = due && wf.condition(moved, Math.max(due.at - Date.now(), 1));
    if (!due) await wf.condition(moved);
    else if (!(await asleep)) {
      const before = version;
      // Something else may have become due at the very same time, in place of what was when the sleep began.
      const { command: act } = decider.deadline(state) ?? due;
      await perform(own(`${input.stream}:${act.type}:${before}`, act));
      if (version === before) await wf.condition(() => over() || version !== before);
    }
  }
  await wf.condition(wf.allHandlersFinished);
  await inTurn(async () => effects.stop());
  if (version === 0 || closed()) return undefined;
  return { ...input, carried: { state, version, correlationId, recent: [...recent] } };
}
