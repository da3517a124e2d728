import { Option } from 'commander';
import { defaultLanguage, languages } from '../output.ts';

/** `--as`: who audits, as the access history names them. */
export const asOption = () =>
  new Option('--as <name>', 'who audits: the name that the access history keeps').env('ORGEID_AUDITOR');

/** Where the log's keys and checkpoints are. */
export const dirOption = () =>
  new Option('--dir <folder>', 'folder of the keys and checkpoints of the log').env('ORGEID_AUDIT_DIR');

/** Language of what is printed. */
export const langOption = () =>
  new Option('--lang <language>', 'language of what is printed')
    .choices(languages)
    .default(defaultLanguage(), 'vi when the locale is Vietnamese, else en');

export const jsonOption = () => new Option('--json', 'one JSON document instead of text');

/** What every part of `orgeid audit` that reads the database says at its end. */
export const recordedHelp = `
The database is the one of ORGEID_POSTGRES_AUDITOR_URL or ORGEID_POSTGRES_URL. The read itself is kept in the access history, under the name of --as (or ORGEID_AUDITOR)
and the user of the operating system, before anything is shown.`;

export const exitCodes = 'Exit code: 0 shown · 1 failed · 2 bad input, or nothing there at that moment';
