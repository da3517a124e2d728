import type { PolicyDigest } from '../policiesLine.ts';
import { BUNDLE_FORMAT, type BundledEvent, type BundleHead, type BundleScope } from './format.ts';

/** Readers of the values of lines; undefined for what is not of the shape. By hand, so that the verifier is one small file. */
type Shape<T> = (value: unknown) => T | undefined;

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown, ...names: string[]): Fields | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const found = Object.keys(value).sort();
  return found.length === names.length && [...names].sort().every((name, i) => found[i] === name)
    ? (value as Fields)
    : undefined;
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isHex = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

export const asText: Shape<string> = (value) => (isText(value) ? value : undefined);

export const asHead: Shape<BundleHead> = (value) => {
  const head = fields(value, 'format', 'scope', 'exportedAt', 'exportedBy');
  const scope = head && asScope(head.scope);
  if (
    !head ||
    !scope ||
    head.format !== BUNDLE_FORMAT ||
    !isText(head.exportedAt) ||
    !isText(head.exportedBy)
  )
    return undefined;
  return { format: BUNDLE_FORMAT, scope, exportedAt: head.exportedAt, exportedBy: head.exportedBy };
};

const asScope: Shape<BundleScope> = (value) => {
  const { kind, stream, unit, from, to } = Object(value) as Fields;
  if (kind === 'CASE' && fields(value, 'kind', 'stream') && isText(stream)) return { kind, stream };
  if (kind === 'UNIT' && fields(value, 'kind', 'unit') && isText(unit)) return { kind, unit };
  if (kind === 'ALL' && fields(value, 'kind')) return { kind };
  if (kind !== 'PERIOD' || !fields(value, 'kind', 'from', 'to') || !isText(from) || !isText(to))
    return undefined;
  return INSTANT.test(from) && INSTANT.test(to) ? { kind, from, to } : undefined;
};

export const asConsistency: Shape<{ readonly from: string; readonly proof: readonly string[] }> = (value) => {
  const { from, proof } = fields(value, 'from', 'proof') ?? {};
  return isText(from) && Array.isArray(proof) && proof.every(isText) ? { from, proof } : undefined;
};

export const asPolicies: Shape<readonly PolicyDigest[]> = (value) =>
  Array.isArray(value) && value.every((one) => isPolicyDigest(one)) ? value : undefined;

const isPolicyDigest = (value: unknown): value is PolicyDigest => {
  const { version, sha256 } = fields(value, 'version', 'sha256') ?? {};
  return isText(version) && isHex(sha256);
};

export const asEvent: Shape<BundledEvent> = (value) => {
  const { position, recordedAt, prevHash, hash, body } =
    fields(value, 'position', 'recordedAt', 'prevHash', 'hash', 'body') ?? {};
  if (
    !isCount(position) ||
    position === 0 ||
    !isText(recordedAt) ||
    !isHex(prevHash) ||
    !isHex(hash) ||
    !isText(body)
  )
    return undefined;
  return { position, recordedAt, prevHash, hash, body };
};

export const asSkip: Shape<{ readonly level: number; readonly hash: string }> = (value) => {
  const { level, hash } = fields(value, 'level', 'hash') ?? {};
  return isCount(level) && level < 53 && isText(hash) ? { level, hash } : undefined;
};

export const asPolicy: Shape<{ readonly version: string }> = (value) => {
  const { version } = Object(value) as Fields;
  return isText(version) ? { ...(value as Fields), version } : undefined;
};

export const asEnd: Shape<{ readonly lines: number; readonly events: number; readonly sha256: string }> = (
  value,
) => {
  const { lines, events, sha256 } = fields(value, 'lines', 'events', 'sha256') ?? {};
  return isCount(lines) && isCount(events) && isHex(sha256) ? { lines, events, sha256 } : undefined;
};
