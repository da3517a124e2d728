import { eventLeaf, HASH_BYTES } from '../../transparency/hash.ts';
import { formatVerifierKey } from '../../transparency/keys.ts';
import { parseTlogProof } from '../../transparency/tlogProof.ts';
import { verifyInclusion } from '../../transparency/verify.ts';
import { BundleFault } from '../bundle/faults.ts';
import { type Believed, type SignedHead, signedHead } from '../bundle/signedHead.ts';

/** That an event is in a signed log. */
export type ProofReport = {
  /** Hash of the event, as history and bundles name it. */
  readonly event: string;
  readonly position: number;
  readonly origin: string;
  /** How many events the signed log has. */
  readonly size: number;
  readonly key: string;
  readonly witnesses: SignedHead['witnesses'];
};

export type ProofVerdict =
  | { readonly holds: true; readonly report: ProofReport }
  | { readonly holds: false; readonly fault: BundleFault };

/**
 * Checks a C2SP tlog-proof of an event.
 *
 * @param event hash of the event, 64 hex digits
 */
export function verifyProof(text: string, event: string, believed: Believed): ProofVerdict {
  try {
    return { holds: true, report: read(text, event, believed) };
  } catch (fault) {
    if (fault instanceof BundleFault) return { holds: false, fault };
    throw fault;
  }
}

function read(text: string, event: string, believed: Believed): ProofReport {
  const proof = parseTlogProof(text);
  if (!proof) throw new BundleFault('NO_PROOF', 1);
  const { index, path, checkpoint: note } = proof;
  const line = text.split('\n\n', 1)[0]?.split('\n').length ?? 1;
  const { checkpoint, key, witnesses } = signedHead(note, line + 2, believed);
  const { origin, size, root } = checkpoint;
  const position = index + 1;
  if (!verifyInclusion(eventLeaf(event), index, size, path, root))
    throw new BundleFault('NOT_INCLUDED', line, { position });
  return { event, position, origin, size, key: formatVerifierKey(key), witnesses };
}

/** Whether a text is the hash of an event. */
export const isEventHash = (text: string): boolean => new RegExp(`^[0-9a-f]{${HASH_BYTES * 2}}$`).test(text);
