import { canonicalJson } from '../../transparency/canonicalJson.ts';
import type { PolicyDigest } from '../policiesLine.ts';

/**
 * A bundle is lines of canonical JSON (RFC 8785), each an object with one name, in this order: `bundle`, `key`…, `rotation`…, `checkpoint`,
 * `consistency`…, `policies`, then the walk over the tree from left to right (`event` and `skip`), `policy`…, `end`, and `seal` when
 * the exporter holds the log's key. See docs/guides/audit-bundles.md.
 */
export type BundleLine =
  | { readonly bundle: BundleHead }
  | { readonly key: string }
  | { readonly rotation: string }
  | { readonly checkpoint: string }
  | { readonly consistency: { readonly from: string; readonly proof: readonly string[] } }
  | { readonly policies: readonly PolicyDigest[] }
  | { readonly event: BundledEvent }
  | { readonly skip: { readonly level: number; readonly hash: string } }
  | { readonly policy: { readonly version: string } & Readonly<Record<string, unknown>> }
  | { readonly end: { readonly lines: number; readonly events: number; readonly sha256: string } }
  | { readonly seal: string };

/** What a bundle holds. Instants are ISO 8601 UTC; a period goes from `from` up to and without `to`, by the moment of recording. */
export type BundleScope =
  | { readonly kind: 'CASE'; readonly stream: string }
  | { readonly kind: 'UNIT'; readonly unit: string }
  | { readonly kind: 'PERIOD'; readonly from: string; readonly to: string }
  | { readonly kind: 'ALL' };

export type BundleHead = {
  readonly format: typeof BUNDLE_FORMAT;
  readonly scope: BundleScope;
  readonly exportedAt: string;
  readonly exportedBy: string;
};

/** An event as the log holds it; `body` is the canonical text that its hash covers. */
export type BundledEvent = {
  readonly position: number;
  readonly recordedAt: string;
  readonly prevHash: string;
  readonly hash: string;
  readonly body: string;
};

export const BUNDLE_FORMAT = 'orgeid-bundle/1';

/** A line of a bundle with its newline. */
export function formatBundleLine(line: BundleLine): string {
  const text = canonicalJson(line);
  if (text === undefined) throw new TypeError('not a JSON value');
  return `${text}\n`;
}

/** Text of the note that seals a bundle. `sha256`: of all lines up to and with `end`, lower-case hex. */
export const sealText = (sha256: string, events: number): string =>
  `${BUNDLE_FORMAT}\n${events}\n${sha256}\n`;
