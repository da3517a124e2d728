import type { ErrorCode } from '../schemas/errors.ts';
import type { Entry } from './read-organisations.ts';

/** Which request each row of the file became, and what people were refused on the way. */
export type Ledger = {
  /** A row was filed: the server named its request. */
  filed(entry: Entry, stream: string): void;
  /** The request of a row; none while it is not taken. */
  streamOf(entry: Entry): string | undefined;
  /** The row behind a request. */
  entryOf(stream: string): Entry | undefined;
  /** Notes a refusal that somebody met, about a row (by its id) or a case. */
  met(about: string, code: ErrorCode): void;
  /** Refusals about a row before it was a request, and about its request. */
  refusals(entry: Entry): readonly ErrorCode[];
};

export function createLedger(): Ledger {
  const streams = new Map<string, string>();
  const entries = new Map<string, Entry>();
  const refused = new Map<string, ErrorCode[]>();
  const about = (name: string | undefined) => (name === undefined ? [] : (refused.get(name) ?? []));
  return {
    filed(entry, stream) {
      streams.set(entry.id, stream);
      entries.set(stream, entry);
    },
    streamOf: ({ id }) => streams.get(id),
    entryOf: (stream) => entries.get(stream),
    met: (name, code) => void refused.set(name, [...about(name), code]),
    refusals: ({ id }) => [...about(id), ...about(streams.get(id))],
  };
}
