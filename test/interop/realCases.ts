/** A part of a JSON document. */
type Json = { readonly [key: string]: unknown };

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Tasks of the cases that `serve.ts` prepares, and of what is done to them. */
const tasks = [
  'verify-1',
  'confirm-1',
  'propose-1',
  'decide-1',
  'receive-1',
  'forward-order-1',
  'decide-order-1',
];

/**
 * The same document in which a case or a task may also be one that is there. What it allows stays the same: whoever makes up values by it meets
 * real cases as well as invented ones.
 */
export function withRealCases(document: unknown, streams: readonly string[]): unknown {
  const known = (schema: Json): Json => {
    const pattern = typeof schema.pattern === 'string' ? new RegExp(schema.pattern) : undefined;
    const fitting = streams.filter((stream) => pattern?.test(stream));
    return fitting.length === 0 ? schema : { anyOf: [{ type: 'string', enum: fitting }, schema] };
  };
  const walk = (value: unknown, name = ''): unknown => {
    if (Array.isArray(value)) return value.map((one) => walk(one));
    if (!isJson(value)) return value;
    if (value.in === 'path' && value.name === 'stream' && isJson(value.schema))
      return { ...value, schema: known(value.schema) };
    if (name === 'taskId' && value.type === 'string')
      return { anyOf: [{ type: 'string', enum: tasks }, value] };
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, key)]));
  };
  return walk(document);
}
