import { createHash } from 'node:crypto';

/** Hash before the first event. */
export const GENESIS = '0'.repeat(64);

/** What the chain covers of an event. `recordedAt`: UTC with microseconds, `2026-03-02T01:00:00.000000Z`. */
export type Link = {
  readonly position: number;
  readonly recordedAt: string;
  readonly body: string;
};

export type ChainedLink = Link & { readonly prevHash: string; readonly hash: string };

/**
 * Hash of an event in the log, lower-case hex:
 *
 *     SHA-256( previous hash, 32 bytes
 *           || position, 8 bytes, two's complement, big-endian
 *           || recordedAt, 27 bytes of ASCII, YYYY-MM-DDTHH:MM:SS.ffffffZ
 *           || body, the UTF-8 of its RFC 8785 canonical JSON )
 *
 * The previous hash of position 1 is 32 zero bytes. `orgeid.chain_hash` computes the same in SQL.
 */
export function chainHash(prevHash: string, { position, recordedAt, body }: Link): string {
  const place = Buffer.alloc(8);
  place.writeBigInt64BE(BigInt(position));
  return createHash('sha256')
    .update(Buffer.from(prevHash, 'hex'))
    .update(place)
    .update(recordedAt, 'ascii')
    .update(body, 'utf8')
    .digest('hex');
}

export type ChainFault = 'GAP' | 'LINK' | 'HASH';

/** The end of a whole chain, or the first position at which it breaks. */
export type ChainVerdict =
  | { readonly whole: true; readonly position: number; readonly hash: string }
  | { readonly whole: false; readonly position: number; readonly fault: ChainFault };

/**
 * Walks a log from the event after `from` (the beginning by default) in order of position, holding one event at a time.
 * `GAP`: this position is missing; `LINK`: it does not follow from its predecessor; `HASH`: its content was changed.
 */
export async function verifyChain(
  events: AsyncIterable<ChainedLink> | Iterable<ChainedLink>,
  from: { readonly position: number; readonly hash: string } = { position: 0, hash: GENESIS },
): Promise<ChainVerdict> {
  let { position, hash } = from;
  for await (const event of events) {
    position += 1;
    const fault = faultOf(event, position, hash);
    if (fault) return { whole: false, position, fault };
    hash = event.hash;
  }
  return { whole: true, position, hash };
}

function faultOf(event: ChainedLink, position: number, prevHash: string): ChainFault | undefined {
  if (event.position !== position) return 'GAP';
  if (event.prevHash !== prevHash) return 'LINK';
  return chainHash(prevHash, event) === event.hash ? undefined : 'HASH';
}
