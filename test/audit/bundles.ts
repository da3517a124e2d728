import { createHash } from 'node:crypto';
import { formatBundleLine, sealText } from '../../audit/bundle/format.ts';
import { toBase64 } from '../../transparency/base64.ts';
import { eventLeaf } from '../../transparency/hash.ts';
import type { SignerKey } from '../../transparency/keys.ts';
import { formatNote, signText } from '../../transparency/note.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Makes the ending of a bundle right again, as whoever altered it can; a seal stays as it was. With the log's key the seal is made anew,
 * as nobody else can.
 */
export function reEnded(text: string, signer?: SignerKey): string {
  const lines = text.split('\n').slice(0, -1);
  const at = lines.findIndex((line) => line.startsWith('{"end"'));
  const before = lines.slice(0, at).map((line) => `${line}\n`);
  const events = before.filter((line) => line.startsWith('{"event"')).length;
  const end = formatBundleLine({ end: { lines: at, events, sha256: sha256(before.join('')) } });
  const rest = lines.slice(at + 1).map((line) => `${line}\n`);
  const whole = before.join('') + end;
  if (!signer || rest.length === 0) return whole + rest.join('');
  const sealed = sealText(sha256(whole), events);
  return (
    whole + formatBundleLine({ seal: formatNote({ text: sealed, signatures: [signText(signer, sealed)] }) })
  );
}

/** The line that stands for an event by its hash alone. */
export const skipOf = (hash: string): string =>
  formatBundleLine({ skip: { level: 0, hash: toBase64(eventLeaf(hash)) } }).trimEnd();
