import { formatVerifierKey, parseVerifierKey, type SignerKey, type VerifierKey } from './keys.ts';
import { formatNote, parseNote, signText, verifyNote } from './note.ts';

/** That one key of a log took over from another, said by both. `at`: ISO 8601 UTC. */
export type Rotation = { readonly from: VerifierKey; readonly to: VerifierKey; readonly at: string };

const TITLE = 'orgeid key rotation';

/** The signed note by which the old key hands over to the new one. */
export function rotationNote(from: SignerKey, to: SignerKey, at: string): string {
  const text = `${TITLE}\n${formatVerifierKey(from)}\n${formatVerifierKey(to)}\n${at}\n`;
  return formatNote({ text, signatures: [signText(from, text), signText(to, text)] });
}

/** Reads a note of {@link rotationNote}; undefined when it is none, or not signed by both. */
export function parseRotation(note: string): Rotation | undefined {
  const read = parseNote(note);
  const [title, old = '', next = '', at = '', end] = read?.text.split('\n') ?? [];
  const from = parseVerifierKey(old);
  const to = parseVerifierKey(next);
  if (!read || title !== TITLE || end !== '' || !from || !to || at === '') return undefined;
  const signed = verifyNote(read, [from, to]);
  return signed.valid && signed.by.length === 2 ? { from, to, at } : undefined;
}

/** All keys that follow from those that are trusted: a rotation that one of its two keys is trusted for makes the other trusted. */
export function trustedKeys(trusted: readonly VerifierKey[], rotations: readonly Rotation[]): VerifierKey[] {
  const keys = new Map(trusted.map((key) => [formatVerifierKey(key), key]));
  for (let grown = true; grown; ) {
    const before = keys.size;
    for (const { from, to } of rotations) {
      if (![from, to].some((key) => keys.has(formatVerifierKey(key)))) continue;
      for (const key of [from, to]) keys.set(formatVerifierKey(key), key);
    }
    grown = keys.size > before;
  }
  return [...keys.values()];
}
