import { fromBase64, toBase64 } from './base64.ts';
import { HASH_BYTES, type Hash } from './hash.ts';

/** That an entry is in a log, to be checked without it (C2SP tlog-proof). `checkpoint`: the signed note. */
export type TlogProof = {
  /** Of the entry, from 0. */
  readonly index: number;
  readonly path: readonly Hash[];
  readonly checkpoint: string;
  /** What the application adds; nothing vouches for it. */
  readonly extra?: Buffer;
};

const HEADER = 'c2sp.org/tlog-proof@v1';

/** Text of a `.tlog-proof`. */
export const formatTlogProof = ({ index, path, checkpoint, extra }: TlogProof): string =>
  [
    HEADER,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...path.map(toBase64),
    '',
    checkpoint,
  ].join('\n');

/** Reads a `.tlog-proof`; undefined when it is not exactly one. */
export function parseTlogProof(text: string): TlogProof | undefined {
  const end = text.indexOf('\n\n');
  if (end < 0) return undefined;
  const [header, ...lines] = text.slice(0, end).split('\n');
  const extra = lines[0]?.startsWith('extra ') ? fromBase64((lines.shift() as string).slice(6)) : null;
  const [, digits] = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '') ?? [];
  const path = lines.map(hashLine);
  if (header !== HEADER || extra === undefined || digits === undefined) return undefined;
  if (!path.every((hash) => hash !== undefined)) return undefined;
  return { index: Number(digits), path, checkpoint: text.slice(end + 2), ...(extra ? { extra } : {}) };
}

/** A hash of a proof, as a line of base64. */
export function hashLine(line: string): Hash | undefined {
  const hash = fromBase64(line);
  return hash?.length === HASH_BYTES ? hash : undefined;
}
