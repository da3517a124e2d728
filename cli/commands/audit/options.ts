import { Option } from 'commander';
import { defaultLanguage, languages } from '../../output.ts';

/** Who audits. */
export const asOption = () =>
  new Option('--as <name>', 'who audits; the access history keeps it').env('ORGEID_AUDITOR');

/** Where the log's keys and checkpoints are. */
export const dirOption = () =>
  new Option('--dir <folder>', 'folder of the keys and checkpoints of the log').env('ORGEID_AUDIT_DIR');

/** Language of what is printed. */
export const langOption = () =>
  new Option('--lang <language>', 'language of what is printed')
    .choices(languages)
    .default(defaultLanguage(), 'vi when the locale is Vietnamese, else en');
