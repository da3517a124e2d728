import { toBase64 } from './base64.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Hash } from './hash.ts';
import { formatNote, parseLine, parseNote, type SignatureLine, verifyNote } from './note.ts';
import type { Witness } from './tlogPolicy.ts';

/** Proof that the log of a checkpoint goes on from one of `older` events. */
export type Consistency = (older: number, newer: number) => Promise<readonly Hash[]>;

/** A witness that said nothing that can be used, and why. */
export type Unwitnessed = { readonly name: string; readonly why: string };

/** Path of C2SP tlog-witness below a witness's URL. */
export const ADD_CHECKPOINT = 'add-checkpoint';
export const TLOG_SIZE = 'text/x.tlog.size';

/**
 * Asks witnesses to cosign a checkpoint (C2SP tlog-witness, `add-checkpoint`), all at once, each with the proof that it needs.
 *
 * @param within ms that each may take
 * @returns the note with the signatures that came and hold; and who gave none
 */
export async function cosignedBy(
  witnesses: readonly Witness[],
  note: string,
  checkpoint: Checkpoint,
  consistency: Consistency,
  within: number,
): Promise<{ readonly note: string; readonly without: readonly Unwitnessed[] }> {
  const read = parseNote(note);
  if (!read) throw new RangeError('no note');
  const missing = witnesses.filter(
    ({ key }) => !read.signatures.some(({ name, id }) => name === key.name && id === key.id),
  );
  const answers = await Promise.all(
    missing.map(async (witness): Promise<SignatureLine | Unwitnessed> => {
      try {
        return await ask(witness, note, checkpoint, consistency, AbortSignal.timeout(within));
      } catch (error) {
        return { name: witness.name, why: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
  const lines = answers.filter((answer) => 'signature' in answer);
  return {
    note: formatNote({ ...read, signatures: [...read.signatures, ...lines] }),
    without: answers.filter((answer) => 'why' in answer),
  };
}

async function ask(
  { key, url }: Witness,
  note: string,
  { size }: Checkpoint,
  consistency: Consistency,
  signal: AbortSignal,
): Promise<SignatureLine> {
  if (url === undefined) throw new Error('has no address');
  let older = 0;
  // What the witness saw last is learnt by asking; somebody else may ask in between.
  for (let turn = 0; turn < 3; turn += 1) {
    const proof = await consistency(older, size);
    const body = `old ${older}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;
    const answer = await fetch(`${url.replace(/\/$/, '')}/${ADD_CHECKPOINT}`, {
      method: 'POST',
      body,
      signal,
    });
    const text = await answer.text();
    if (answer.ok) return cosignature(text, note, key);
    if (answer.status !== 409) throw new Error(`answered ${answer.status}`);
    older = Number(text.trim());
    if (!Number.isSafeInteger(older) || older > size)
      throw new Error(`has seen ${text.trim().slice(0, 20)} events`);
  }
  throw new Error('answered 409 again and again');
}

function cosignature(text: string, note: string, key: Witness['key']): SignatureLine {
  const read = parseNote(note);
  const line = text
    .split('\n')
    .flatMap((one) => parseLine(one) ?? [])
    .find(({ name, id }) => name === key.name && id === key.id);
  if (!read || !line || !verifyNote({ text: read.text, signatures: [line] }, [key]).valid)
    throw new Error('gave no cosignature that holds');
  return line;
}
