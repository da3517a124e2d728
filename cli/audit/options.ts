import { Option } from 'commander';

/** `--as`: who audits, as the access history names them. */
export const asOption = () =>
  new Option('--as <name>', 'who audits: the name that the access history keeps').env('ORGEID_AUDITOR');

export const jsonOption = () => new Option('--json', 'one JSON document instead of text');

/** What every part of `orgeid audit` that reads the database says at its end. */
export const recordedHelp = `
The database is the one of ORGEID_POSTGRES_URL. The read itself is kept in the access history, under the name of --as (or ORGEID_AUDITOR)
and the user of the operating system, before anything is shown.`;

export const exitCodes = 'Exit code: 0 shown · 1 failed · 2 bad input, or nothing there at that moment';
