import type { Logger } from 'pino';
import { redactPaths } from '../../log/logger.ts';

/** What questions and records hold of persons and organisations, beside what no log of this system shows. */
const held = [
  'subject',
  'values',
  'to',
  'name',
  'nameVi',
  'name_vi',
  'representative_name',
  'taxCode',
  'tax_code',
  'enterprise_code',
];

const paths = [...redactPaths, ...held, ...held.flatMap((key) => [`*.${key}`, `*.*.${key}`])];

/** A log in which a question, a record or a part of either shows nothing of what it says, however it is passed. */
export const discreet = (log: Logger, bindings: Record<string, string>): Logger =>
  log.child(bindings, { redact: { paths, censor: '[redacted]' } });
