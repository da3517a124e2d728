import { DomainError } from '../../domain/error.ts';
import type { Actor } from '../../schemas/actor.ts';
import { caseTypeOf } from '../../schemas/case.ts';
import { type ErrorCode, errorTable } from '../../schemas/errors.ts';
import type { NextTask } from '../../schemas/http/inbox.ts';
import type { InboxItem } from '../../schemas/inbox.ts';
import { bindKey } from '../../store/commandKeys.ts';
import { nextTask } from '../../store/inbox/next.ts';
import { noteTry, type Try, triesOf, tryKey } from '../../store/inbox/tries.ts';
import { readCase } from '../../store/readCase.ts';
import type { SentCommand } from '../commands/perform.ts';
import type { Api } from '../context.ts';
import { onlookerOf } from './onlooker.ts';

/** How many tasks are tried for one request; colleagues who ask at once are offered different ones, so the first does nearly always. */
const TRIES = 10;

type Asked = {
  readonly key: string;
  readonly wanted: NextTask;
  readonly correlationId: string;
  /** Sends a claim to its case. */
  readonly give: (sent: SentCommand) => Promise<unknown>;
};

/**
 * Claims for a caller the task that is best done next; undefined when there is none. A key claims one task: whoever repeats it, also after a
 * crash at any moment, is given the same. Each try has a command id of its own and is noted before it is made; a repetition finishes
 * the last one, of which alone it may be unknown what became of it.
 *
 * @throws DomainError the last refusal, when so many tasks were refused; EID_ERR_KEY_REUSED; EID_ERR_UNAVAILABLE when a claim was not
 * answered in time, and then the same key goes on with it
 */
export async function claimNext(api: Api, actor: Actor, asked: Asked): Promise<InboxItem | undefined> {
  const { key, wanted } = asked;
  const bound = { key: `${key}.next`, actorId: actor.id, stream: 'inbox', type: 'ClaimNext', sent: wanted };
  await bindKey(api.pool, bound);
  const tries = await triesOf(api.pool, key, actor.id, TRIES);
  const done = tries.find(({ version }) => version !== undefined);
  if (done) return await claimed(api, done);

  const except = [...tries];
  let n = Math.max(tries.length, 1);
  let one = tries.at(-1) ?? (await offered(api, actor, asked, n, except));
  while (one) {
    try {
      await claim(asked, one);
      return await claimed(api, one);
    } catch (error) {
      if (!isRefusal(error) || n >= TRIES) throw error;
      if (error.code !== 'EID_ERR_TASK_CHANGED') except.push(one); // else it may be free, and is offered as it is now
    }
    n += 1;
    one = await offered(api, actor, asked, n, except);
  }
  return undefined;
}

async function offered(
  { pool, policy }: Api,
  actor: Actor,
  { key, wanted }: Asked,
  n: number,
  except: readonly Try[],
): Promise<Try | undefined> {
  const { fourEyes } = policy;
  const offer = await nextTask(pool, onlookerOf(actor), { ...wanted, fourEyes, except });
  if (!offer) return undefined;
  const { id: taskId, version: taskVersion } = offer.task;
  return await noteTry(pool, key, actor.id, { n, stream: offer.stream, taskId, taskVersion });
}

/** Of the task at the version that was offered: so what was refused once stays refused, however late the same command arrives again. */
async function claim({ key, correlationId, give }: Asked, one: Try): Promise<void> {
  const { n, stream, taskId, taskVersion } = one;
  const caseType = caseTypeOf(stream);
  if (!caseType) throw new DomainError('EID_ERR_CASE_UNKNOWN', { stream });
  const said = { taskId, taskVersion };
  await give({
    caseType,
    stream,
    type: 'ClaimTask',
    said,
    key: tryKey(key, n),
    correlationId,
  });
}

/** The task as it is now, which is as the claim left it unless somebody went on since. */
async function claimed({ pool }: Api, { stream, taskId }: Try): Promise<InboxItem> {
  const row = await readCase(pool, stream);
  const task = row?.tasks.find(({ id }) => id === taskId);
  if (!row || !task) throw new DomainError('EID_ERR_TASK_UNKNOWN', { taskId });
  const { type, version, status, title } = row;
  return { stream, caseType: type, caseVersion: version, caseStatus: status, title, task };
}

/** These are about how it was asked, so another task would not help. */
const ofTheRequest: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['EID_ERR_SHAPE', 'EID_ERR_KEY_REUSED']);

const isRefusal = (error: unknown): error is DomainError =>
  error instanceof DomainError && errorTable[error.code].status < 500 && !ofTheRequest.has(error.code);
