import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { issuesOf } from '../../bus/json.ts';
import { RecordField, RefusalReason, Registry, RegistryStatus } from '../../schemas/registry.ts';
import { invalid } from '../kit/settings.ts';
import { placeholdersIn } from './template.ts';

/** RFC 6901; the empty pointer is the whole document. */
const Pointer = z.string().regex(/^(\/.*)?$/, 'is not a JSON pointer like /result/name');

const known = [
  'subject.category',
  'subject.code',
  'subject.taxCode',
  'subject.nameVi',
  'subject.personNumber',
  'id',
  'attempt',
  'correlationId',
  'fields',
  'cursor',
];
/** Text with `{subject.taxCode}` and the like in it. */
const Template = z.string().refine((text) => placeholdersIn(text).every((name) => known.includes(name)), {
  error: `has a placeholder that is not one of ${known.map((name) => `{${name}}`).join(', ')}`,
});
const UrlTemplate = Template.refine(
  (text) => /^https?:\/\/[^/{}]+(\/|$|\?)/.test(text),
  'is an http or https address whose host has no placeholder',
);

/** A header: its text, or a secret that is read at the start from the environment or from a file. */
const Header = z.union([
  z.string(),
  z.strictObject({ env: z.string().min(1), prefix: z.string().default('') }),
  z.strictObject({ file: z.string().min(1), prefix: z.string().default('') }),
]);

/** `200`, `404`, or a class: `4xx`, `5xx`. */
const HttpStatus = z.union([z.int().min(100).max(599), z.enum(['2xx', '3xx', '4xx', '5xx'])]);

/** When a response means what. `body` compares the text at a pointer; `present` says whether there is anything there. */
const When = z.strictObject({
  status: z.union([HttpStatus, z.array(HttpStatus).min(1)]).optional(),
  body: z
    .strictObject({
      pointer: Pointer,
      equals: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
      present: z.boolean().optional(),
    })
    .refine((body) => (body.equals === undefined) !== (body.present === undefined), 'says equals or present')
    .optional(),
});

const Rule = z.discriminatedUnion('means', [
  z.strictObject({ when: When, means: z.enum(['FOUND', 'NOT_FOUND', 'BROKEN']) }),
  z.strictObject({ when: When, means: z.literal('REFUSED'), reason: RefusalReason }),
  z.strictObject({
    when: When,
    means: z.literal('TRY_LATER'),
    retryAfterMs: z.int().nonnegative().optional(),
  }),
]);
export type Rule = z.infer<typeof Rule>;

const Request = {
  url: UrlTemplate,
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: z.record(z.string().min(1), Header).default({}),
  /** Sent as JSON; every text in it is a template. */
  body: z.json().optional(),
  timeoutMs: z.int().min(100).max(600_000).default(10_000),
};

const Fields = z.partialRecord(RecordField, Pointer);
const Statuses = z.strictObject({
  pointer: Pointer,
  /** What the registry's words mean. A word that is not here is an answer that nobody understands: BROKEN, never a guess. */
  map: z.record(z.string(), RegistryStatus),
});

const Lookup = z.strictObject({
  ...Request,
  /** The first that fits counts. What none fits is BROKEN: never "not found". */
  outcomes: z.array(Rule).min(1),
  record: z.strictObject({
    reference: Pointer.optional(),
    status: z.union([RegistryStatus, Statuses]),
    statusSince: Pointer.optional(),
    values: Fields,
  }),
});
export type LookupConfig = z.infer<typeof Lookup>;

const Changes = z.strictObject({
  ...Request,
  everyMs: z.int().min(100).default(10_000),
  /** `{cursor}` of the very first request. */
  first: z.string().default('0'),
  /** Where the list is; oldest first. */
  items: Pointer,
  /** Where the next page begins, in the response; `{cursor}` in the next request. */
  next: Pointer.optional(),
  /** Within an item. */
  item: z.strictObject({
    id: Pointer,
    /** Where to go on after this item; the `next` of its page, or its id, when absent. */
    cursor: Pointer.optional(),
    reference: Pointer.optional(),
    changedAt: Pointer,
    revision: Pointer.optional(),
    subject: z.strictObject({
      code: Pointer.optional(),
      taxCode: Pointer.optional(),
      identificationNumber: Pointer.optional(),
    }),
    values: Fields.default({}),
    status: Statuses.optional(),
    statusSince: Pointer.optional(),
  }),
});
export type ChangesConfig = z.infer<typeof Changes>;

/** Configuration of the HTTP bridge: an adapter for a registry that has only a request/response API. */
export const BridgeConfig = z.strictObject({
  registry: Registry,
  concurrency: z.int().min(1).max(1_000).default(8),
  rateLimitPerSecond: z.number().positive().optional(),
  lookup: Lookup,
  changes: Changes.optional(),
});
export type BridgeConfig = z.infer<typeof BridgeConfig>;

/** Reads YAML or JSON. @throws SettingsError `EID_ERR_USAGE` naming the file and the path that is wrong */
export function readBridgeConfig(file: string): BridgeConfig {
  let body: unknown;
  try {
    body = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw invalid(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = BridgeConfig.safeParse(body);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw invalid(`${file}: ${issue?.path.join('.') || '(whole)'} ${issue?.message ?? issuesOf(read.error)}`);
}
