import { DomainError } from '../../domain/error.ts';
import type { Actor } from '../../schemas/actor.ts';
import { errorTable } from '../../schemas/errors.ts';
import type { ItemResult, ManyResults } from '../../schemas/http/proposals.ts';
import { bindKey } from '../../store/commandKeys.ts';
import { noteRefusedItems, type RefusedItem, refusedItems } from '../../store/refusedItems.ts';
import type { SentCommand } from '../commands/perform.ts';
import { withStanding } from '../commands/standing.ts';
import type { Api } from '../context.ts';
import { asDomainError } from '../problem.ts';
import { inTurns } from './inTurns.ts';
import { listId, type Piece, pieceId } from './pieces.ts';

/** How many items are under way at once. */
const AT_ONCE = 12;
/** For how many times the deadline of one command items are begun; the rest is for the next sending. */
const DEADLINES = 2;

export type Many = {
  readonly type: 'DecideRequest' | 'ProposeIssuance';
  /** The whole as it was sent, and where: a key is for one such list. */
  readonly name: string;
  readonly sent: unknown;
  readonly pieces: readonly Piece[];
  readonly key: string;
  readonly correlationId: string;
  /** Sends one of them to its case. */
  readonly give: (sent: SentCommand, piece: Piece, index: number) => Promise<{ readonly version: number }>;
  /** A refusal as the caller reads it. */
  readonly told: (error: DomainError) => Extract<ItemResult, { problem: unknown }>['problem'];
};

type Outcome = ItemResult & { readonly refused?: RefusedItem };

/**
 * Carries out a list of commands, each on its own: what is refused, or is not answered, says so in its place and undoes nothing. Under the same
 * key again, what was done is found, what was refused is told again, and what was interrupted is finished.
 *
 * @throws DomainError EID_ERR_FORBIDDEN for whoever may never give such a command, EID_ERR_KEY_REUSED; EID_ERR_UNAVAILABLE before any item was
 * begun, or when the refusals could not be noted
 */
export async function giveMany(api: Api, actor: Actor, many: Many): Promise<ManyResults> {
  const { type, key, name, sent, pieces } = many;
  mustEverBeGranted(api, actor, type);
  await bindKey(api.pool, { key: listId(key), actorId: actor.id, stream: name, type, sent });
  const ids = pieces.map((piece) => pieceId(key, piece));
  const before = await refusedItems(api.pool, actor.id, ids);
  const until = api.now() + DEADLINES * api.deadlineMs;

  const outcomes = await inTurns(pieces, AT_ONCE, async (piece, index): Promise<Outcome> => {
    const commandId = ids[index] ?? pieceId(key, piece);
    const { stream, taskId } = piece;
    const told = before.get(commandId);
    if (told) return refusal(many, piece, commandId, new DomainError(told.code, told.details));
    try {
      if (api.now() >= until || api.stopping.aborted)
        throw new DomainError('EID_ERR_UNAVAILABLE', { begun: false });
      const { version } = await many.give(sentOf(many, piece, commandId), piece, index);
      return { result: 'DONE', stream, taskId, commandId, version };
    } catch (error) {
      return failure(api, many, piece, commandId, error);
    }
  });
  const fresh = outcomes.flatMap(({ refused }) =>
    refused && !before.has(refused.commandId) ? [refused] : [],
  );
  await noteRefusedItems(api.pool, actor.id, fresh);
  return summary(outcomes.map(({ refused: _, ...result }) => result));
}

const sentOf = ({ type, correlationId }: Many, piece: Piece, key: string): SentCommand => ({
  caseType: 'registration',
  stream: piece.stream,
  type,
  said: piece.said,
  key,
  ...(piece.ifVersion === undefined ? {} : { ifVersion: piece.ifVersion }),
  correlationId,
});

const refusal = (many: Many, piece: Piece, commandId: string, error: DomainError): Outcome => ({
  result: 'REFUSED',
  stream: piece.stream,
  taskId: piece.taskId,
  commandId,
  problem: many.told(error),
  refused: { commandId, stream: piece.stream, code: error.code, details: error.details },
});

function failure({ log }: Api, many: Many, piece: Piece, commandId: string, thrown: unknown): Outcome {
  const found = withStanding(thrown, piece.stream, commandId);
  const error = asDomainError(found instanceof Error ? found : new Error(String(found)));
  if (errorTable[error.code].status < 500) return refusal(many, piece, commandId, error);
  log.warn({ err: thrown, code: error.code, commandId }, 'an item of a list was not answered');
  const { stream, taskId } = piece;
  return { result: 'UNANSWERED', stream, taskId, commandId, problem: many.told(error) };
}

function summary(items: ItemResult[]): ManyResults {
  const count = (result: ItemResult['result']) => items.filter((item) => item.result === result).length;
  return { done: count('DONE'), refused: count('REFUSED'), unanswered: count('UNANSWERED'), items };
}

/** Whoever has no role by which anybody gives such a command is told so once, and learns nothing of any case. */
function mustEverBeGranted(
  { access: { table } }: Pick<Api, 'access'>,
  { roles }: Actor,
  type: Many['type'],
): void {
  const barred = roles.includes('AUDITOR') || roles.includes('SERVICE');
  const ever = table.rows.some(
    (row) =>
      row.case === 'registration' && row.may.includes(type) && row.who.some((role) => roles.includes(role)),
  );
  if (barred || !ever) throw new DomainError('EID_ERR_FORBIDDEN', { command: type });
}
