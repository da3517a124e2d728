import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { makeFolder, readIfThere, replaceWhole } from '../files/whole.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { EMPTY_ROOT, type Hash } from './hash.ts';
import type { SignerKey, VerifierKey } from './keys.ts';
import { formatLine, formatNote, parseNote, signText, verifyNote } from './note.ts';
import { hashLine } from './tlogProof.ts';
import { verifyConsistency } from './verify.ts';
import { TLOG_SIZE } from './witness.ts';

/** What a witness answers over HTTP. */
export type WitnessAnswer = { readonly status: number; readonly body: string; readonly type?: string };

/** A witness: cosigns checkpoints of the logs it knows, each only when it goes on from the one before (C2SP tlog-witness). */
export type Witnessing = {
  /** Answers to the body of `POST …/add-checkpoint`. */
  addCheckpoint(body: string): Promise<WitnessAnswer>;
  /** Answers to `GET …/<origin hash>/checkpoint`. */
  lastOf(originHash: string): Promise<WitnessAnswer>;
};

const MOST_PROOF_LINES = 63;

/**
 * @param folder where the last checkpoint of each log is kept; it is there before its cosignature leaves
 * @param logs keys of the logs; their names are the origins
 * @param now epoch ms
 */
export function createWitness(
  folder: string,
  signer: SignerKey,
  logs: readonly VerifierKey[],
  now: () => number,
): Witnessing {
  const fileOf = (origin: string) => `${createHash('sha256').update(origin).digest('hex')}.checkpoint`;
  let turn: Promise<unknown> = Promise.resolve();

  async function add(body: string): Promise<WitnessAnswer> {
    const request = parse(body);
    const note = request && parseNote(request.note);
    const newer = note && parseCheckpoint(note.text);
    if (!request || !note || !newer || request.older > newer.size) return { status: 400, body: '' };
    const keys = logs.filter(({ name }) => name === newer.origin);
    if (keys.length === 0) return { status: 404, body: '' };
    if (!verifyNote(note, keys).valid) return { status: 403, body: '' };

    const kept = await readIfThere(join(folder, fileOf(newer.origin)));
    const last = kept === undefined ? undefined : parseCheckpoint(parseNote(kept)?.text ?? '');
    const older = last ?? { size: 0, root: EMPTY_ROOT };
    if (request.older !== older.size) return { status: 409, body: `${older.size}\n`, type: TLOG_SIZE };
    if (newer.size === 0 && !newer.root.equals(EMPTY_ROOT)) return { status: 422, body: '' };
    if (!verifyConsistency(older, newer, request.proof)) return { status: 422, body: '' };

    const line = signText(signer, note.text, Math.floor(now() / 1000));
    const logLines = note.signatures.filter(({ name, id }) =>
      keys.some((key) => key.name === name && key.id === id),
    );
    const cosigned = formatNote({ text: note.text, signatures: [...logLines, line] });
    await makeFolder(folder);
    await replaceWhole(folder, fileOf(newer.origin), cosigned, 0o600);
    return { status: 200, body: formatLine(line) };
  }

  return {
    addCheckpoint(body) {
      const answer = turn.then(() => add(body));
      turn = answer.catch(() => {});
      return answer;
    },
    async lastOf(originHash) {
      const kept = /^[0-9a-f]{64}$/.test(originHash)
        ? await readIfThere(join(folder, `${originHash}.checkpoint`))
        : undefined;
      return kept === undefined ? { status: 404, body: '' } : { status: 200, body: kept };
    },
  };
}

type Request = { readonly older: number; readonly proof: readonly Hash[]; readonly note: string };

function parse(body: string): Request | undefined {
  const end = body.indexOf('\n\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = body.slice(0, end).split('\n');
  const [, digits] = /^old (0|[1-9]\d*)$/.exec(first) ?? [];
  const proof = lines.map(hashLine);
  if (digits === undefined || lines.length > MOST_PROOF_LINES) return undefined;
  if (!proof.every((hash) => hash !== undefined)) return undefined;
  return { older: Number(digits), proof, note: body.slice(end + 2) };
}
