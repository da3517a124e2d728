import pino from 'pino';
import pretty from 'pino-pretty';

/** Keys whose values never reach a log line: personal numbers, contacts, secrets. */
const secret = [
  'number',
  'personNumber',
  'representative_id',
  'mobile',
  'email',
  'address',
  'password',
  'token',
  'authorization',
];
const depths = ['', '*.', '*.*.', '*.*.*.', '*.*.*.*.'];

/** Paths for pino's `redact`, down to five levels. */
export const redactPaths: string[] = depths.flatMap((prefix) => secret.map((key) => `${prefix}${key}`));

export type LoggerOptions = {
  readonly level?: string;
  /** Where lines go; standard error by default, so that standard output stays for results. */
  readonly destination?: pino.DestinationStream;
  readonly pretty?: boolean;
};

/** JSON lines in production, readable ones in a terminal; personal numbers and secrets redacted. */
export function createLogger(name: string, options: LoggerOptions = {}): pino.Logger {
  const level = options.level ?? process.env.LOG_LEVEL ?? 'info';
  const readable = options.pretty ?? process.stderr.isTTY === true;
  const target = readable
    ? pretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' })
    : pino.destination({ dest: 2, sync: false });
  return pino(
    { name, level, redact: { paths: redactPaths, censor: '[redacted]' } },
    options.destination ?? target,
  );
}
