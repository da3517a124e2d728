import { createHash } from 'node:crypto';

/** A SHA-256 hash of the tree, 32 bytes. */
export type Hash = Buffer;

export const HASH_BYTES = 32;

/** Root of the tree without leaves: the hash of nothing (RFC 6962, section 2.1). */
export const EMPTY_ROOT: Hash = createHash('sha256').digest();

/** Hash of a leaf: SHA-256(0x00 || data) (RFC 6962, section 2.1). */
export const leafHash = (data: Uint8Array): Hash => createHash('sha256').update(LEAF).update(data).digest();

/** Hash of a node over its two halves: SHA-256(0x01 || left || right) (RFC 6962, section 2.1). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Hash =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** The leaf of an event: the entry of the tree is the event's chain hash (hex), which covers all that the log holds of it. */
export const eventLeaf = (chainHash: string): Hash => leafHash(Buffer.from(chainHash, 'hex'));

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);
