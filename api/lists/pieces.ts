import { createHash } from 'node:crypto';
import type { ManyDecisions, ManyProposals } from '../../schemas/http/proposals.ts';

/** One command of a list of commands. */
export type Piece = {
  readonly stream: string;
  readonly taskId: string;
  readonly said: Readonly<Record<string, unknown>>;
  readonly ifVersion?: number;
};

/** What a list as a whole is bound under: a key is for one list. */
export const listId = (key: string): string => `${key}.list`;

/** Id of the command of one item: of the list's key, the case and the task. Keys of people have no dot, so nobody can send another under it. */
export const pieceId = (key: string, { stream, taskId }: Pick<Piece, 'stream' | 'taskId'>): string =>
  `${key}.${createHash('sha256').update(`${stream}\n${taskId}`).digest('hex').slice(0, 24)}`;

const withNote = (note: string | undefined) => (note === undefined ? {} : { note });
const seen = (version: number | undefined) => (version === undefined ? {} : { ifVersion: version });

/** An item with a decision of its own has reasons and note of its own: those for all are reasons for something else. */
export const decisionPieces = ({ items, ...all }: ManyDecisions): Piece[] =>
  items.map(({ stream, taskId, ifVersion, ...own }) => {
    const said =
      own.decision === undefined || own.decision === all.decision
        ? { decision: all.decision, reasons: own.reasons ?? all.reasons, ...withNote(own.note ?? all.note) }
        : { decision: own.decision, reasons: own.reasons ?? [], ...withNote(own.note) };
    return { stream, taskId, said: { taskId, ...said }, ...seen(ifVersion) };
  });

export const proposalPieces = (list: string, { items, note }: ManyProposals): Piece[] =>
  items.map(({ stream, taskId, ifVersion, note: own }) => ({
    stream,
    taskId,
    said: { taskId, list, ...withNote(own ?? note) },
    ...seen(ifVersion),
  }));
