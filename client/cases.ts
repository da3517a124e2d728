import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { systemActor } from '../domain/deciding.ts';
import { DomainError } from '../domain/error.ts';
import { NUMBER_TOKEN } from '../domain/registration/organisation.ts';
import { AccountCommand } from '../schemas/account.ts';
import { type CaseType, CommandMeta, caseTypeOf as typeOf } from '../schemas/case.ts';
import { LockOrderCommand } from '../schemas/lock-order.ts';
import type { CasePolicy } from '../schemas/policy.ts';
import { RegistrationCommand } from '../schemas/registration.ts';
import { VerificationCommand } from '../schemas/verification.ts';
import type { CaseInput, CommandAnswer, WireCommand } from '../workflows/messages.ts';
import { isUpToDate, refusalIn } from './refusal.ts';

/** Where the client finds policies and what the log knows of a stream. */
export type CaseSources = {
  readonly currentPolicy: CasePolicy;
  /** @throws DomainError EID_ERR_POLICY_UNKNOWN */
  policy(version: string): Promise<CasePolicy>;
  /** How far the log of a stream reaches, and the policy version that it names; undefined when there is no such stream. */
  standing(stream: string): Promise<{ readonly version: number; readonly policyVersion: string } | undefined>;
  /** The version that a command led to, when the log holds it. */
  done(stream: string, commandId: string): Promise<number | undefined>;
};

export type CasesOptions = {
  readonly temporal: Client;
  readonly taskQueue: string;
  readonly sources: CaseSources;
  /** How long a command is tried, in ms, before its sender is told to try again later with the same id. */
  readonly deadlineMs?: number;
  /** Passed to the cases that this client starts; see CaseInput. */
  readonly continueAfter?: number;
};

export type Cases = {
  /**
   * Sends a command and answers with the case's version after it. The same id sent again is carried out once.
   * @throws DomainError with the code of whatever refuses, EID_ERR_UNAVAILABLE when nothing answered in time
   */
  send(stream: string, sent: WireCommand): Promise<CommandAnswer>;
  /** Makes sure that the case's workflow runs and knows its log up to this version. */
  wake(stream: string, version: number): Promise<void>;
};

const schemas = {
  registration: RegistrationCommand,
  account: AccountCommand,
  'lock-order': LockOrderCommand,
  verification: VerificationCommand,
} as const;
const creators: ReadonlySet<string> = new Set([
  'DraftDossier',
  'FileRequest',
  'OpenAccount',
  'FileLockOrder',
  'OpenVerification',
]);
const TRY_MS = 10_000;
const PAUSE_MS = 200;

/** The case type that a stream's name begins with. @throws DomainError EID_ERR_CASE_UNKNOWN */
export function caseTypeOf(stream: string): CaseType {
  const type = typeOf(stream);
  if (!type) throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  return type;
}

/** Checks a command against its schema; the details name the fields, never their values. */
function checked(type: CaseType, { type: name, data, ...meta }: WireCommand): WireCommand {
  const head = CommandMeta.safeParse(meta);
  if (name === 'Wake' && head.success) return { ...meta, type: name, data };
  const body = schemas[type].safeParse({ type: name, data });
  const issues = [...(head.error?.issues ?? []), ...(body.error?.issues ?? [])];
  if (!head.success || !body.success) {
    const fields = issues.map((issue) => ({ field: issue.path.join('.'), why: issue.message }));
    throw new DomainError('EID_ERR_SHAPE', { command: name, fields });
  }
  mustBePlain(body.data);
  return { ...meta, ...body.data };
}

/** Text that PostgreSQL cannot hold, or that means something to the append, is nobody's to send. */
function mustBePlain(data: unknown): void {
  const text = JSON.stringify(data);
  if (/\\u0000|\\ud[89a-f]/.test(text))
    throw new DomainError('EID_ERR_SHAPE', { why: 'NUL or half a surrogate pair' });
  if (text.includes(NUMBER_TOKEN))
    throw new DomainError('EID_ERR_SHAPE', { why: `contains ${NUMBER_TOKEN}` });
}

/** Errors of the road, not of the command: the same command with the same id may go through a moment later. */
const isPassing = (error: unknown): boolean =>
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
  error instanceof ServiceError ||
  isGrpcServiceError(error) ||
  isCutShort(error);

/** The case's workflow was ended from outside while it was at the command; the next attempt starts another, which reads the log. */
const isCutShort = (error: unknown): boolean =>
  error instanceof WorkflowUpdateFailedError &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === 'AcceptedUpdateCompletedWorkflow';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The one way in: every command of people, adapters and the system itself goes through here. */
export function createCases(options: CasesOptions): Cases {
  const { temporal, taskQueue, sources, continueAfter } = options;

  async function start(type: CaseType, stream: string, command: WireCommand, policy: CasePolicy) {
    const input: CaseInput = { stream, policy, ...(continueAfter === undefined ? {} : { continueAfter }) };
    return await temporal.workflow.executeUpdateWithStart('command', {
      args: [command],
      updateId: command.id,
      startWorkflowOperation: new WithStartWorkflowOperation(type, {
        workflowId: stream,
        taskQueue,
        args: [input],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowTaskTimeout: '5s',
      }),
    });
  }

  /** A case that the log knows and no workflow runs: closed, or lost and now found. A new run answers from the log. */
  async function revive(type: CaseType, stream: string, command: WireCommand) {
    const standing = await sources.standing(stream);
    if (!standing) throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
    const seenVersion = Math.max(command.seenVersion ?? 0, standing.version);
    return await start(
      type,
      stream,
      { ...command, seenVersion },
      await sources.policy(standing.policyVersion),
    );
  }

  async function attempt(type: CaseType, stream: string, command: WireCommand): Promise<CommandAnswer> {
    if (creators.has(command.type)) {
      return (await start(type, stream, command, sources.currentPolicy)) as CommandAnswer;
    }
    try {
      const update = { args: [command] as [WireCommand], updateId: command.id };
      return await temporal.workflow
        .getHandle(stream)
        .executeUpdate<CommandAnswer, [WireCommand]>('command', update);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      return (await revive(type, stream, command)) as CommandAnswer;
    }
  }

  /**
   * A case remembers its latest commands only, and one that was interrupted may be behind its log and refuse what the log
   * would allow. So a refusal counts only of a command that the log does not hold, from a case that was told how far it reaches.
   */
  async function asked(type: CaseType, stream: string, command: WireCommand): Promise<CommandAnswer> {
    try {
      return await attempt(type, stream, command);
    } catch (error) {
      if (!refusalIn(error)) throw error;
      const done = await sources.done(stream, command.id);
      if (done !== undefined) return { version: done };
      const standing = await sources.standing(stream);
      if (!standing || (command.seenVersion ?? 0) >= standing.version) throw error;
      return await attempt(type, stream, { ...command, seenVersion: standing.version });
    }
  }

  const cases: Cases = {
    async wake(stream, version) {
      const meta = { id: `wake:${stream}:${version}`, actor: systemActor, seenVersion: version };
      try {
        await cases.send(stream, { ...meta, type: 'Wake', data: {} });
      } catch (error) {
        if (!isUpToDate(error)) throw error;
      }
    },
    async send(stream, sent) {
      const type = caseTypeOf(stream);
      const command = checked(type, sent);
      const deadline = Date.now() + (options.deadlineMs ?? 30_000);
      for (;;) {
        const until = Math.min(deadline, Date.now() + TRY_MS);
        try {
          return await temporal.withDeadline(until, () => asked(type, stream, command));
        } catch (error) {
          const refusal = refusalIn(error) ?? (error instanceof DomainError ? error : undefined);
          if (refusal) throw refusal;
          if (!isPassing(error)) throw error;
          if (Date.now() + PAUSE_MS >= deadline) {
            throw new DomainError('EID_ERR_UNAVAILABLE', { stream, commandId: command.id });
          }
        }
        await pause(PAUSE_MS);
      }
    },
  };
  return cases;
}
