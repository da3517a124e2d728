import process from 'node:process';

/** Languages of what a command prints for people. */
export const languages = ['vi', 'en'] as const;
export type OutputLanguage = (typeof languages)[number];

/** Vietnamese when the environment's locale is Vietnamese (`LC_ALL`, `LC_MESSAGES`, `LANG` in that order), else English. */
export function defaultLanguage(env: NodeJS.ProcessEnv = process.env): OutputLanguage {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^vi(_|\.|-|$)/i.test(locale) ? 'vi' : 'en';
}

/** Prints one line, or several, on standard output. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Prints one JSON document on one line of standard output. */
export const printJson = (value: unknown): void => print(JSON.stringify(value));
