import { createHash } from 'node:crypto';
import { canonicalJson } from '../../transparency/canonicalJson.ts';
import { BundleFault } from './faults.ts';

/** A line as it was read: what it says, and, where the line speaks of it, the hash of all bytes before. */
export type ReadLine = {
  readonly number: number;
  readonly name: string;
  readonly value: unknown;
  readonly before: string;
};

/** No line is longer, in bytes: a policy is the longest that there is. */
const LONGEST = 16 * 1024 * 1024;
const NEWLINE = 0x0a;
const DIGESTED: ReadonlySet<string> = new Set(['end', 'seal']);

/**
 * Lines of a bundle, one in memory. Each must be exactly how its value is written.
 *
 * @throws BundleFault `FORMAT`
 */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  const digest = createHash('sha256');
  let number = 0;
  for await (const line of split(bytes)) {
    number += 1;
    const read = parse(line, number);
    yield { ...read, number, before: DIGESTED.has(read.name) ? digest.copy().digest('hex') : '' };
    digest.update(line).update('\n');
  }
}

async function* split(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 1;
  for await (const chunk of bytes) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, at)]);
      parts = [];
      length = 0;
      number += 1;
      from = at + 1;
    }
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > LONGEST) throw new BundleFault('LONG_LINE', number);
  }
  if (length > 0) throw new BundleFault('NO_NEWLINE', number);
}

function parse(bytes: Buffer, number: number): { readonly name: string; readonly value: unknown } {
  const text = bytes.toString('utf8');
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    throw new BundleFault('NOT_JSON', number);
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line))
    throw new BundleFault('NOT_A_LINE', number);
  const [[name, value] = ['', undefined], more] = Object.entries(line);
  if (name === '' || more) throw new BundleFault('NOT_A_LINE', number);
  if (!Buffer.from(canonicalJson(line) ?? '').equals(bytes)) throw new BundleFault('NOT_CANONICAL', number);
  return { name, value };
}
