import { ChangeCommand } from '../rehearsal/change-command.ts';
import type { Changing } from './changes.ts';
import type { MockRecords } from './records.ts';

const AT_ONCE = 100;

/**
 * Publishes a change of each of the first records that name an organisation, as fast as the bus takes them: what a registry does
 * after a night's maintenance. Each change restates what the record holds, so that a burst alters nothing.
 */
export function bursting(records: MockRecords, change: Changing): (count: number) => Promise<number> {
  return async (count) => {
    const keys = [...records.all()]
      .flatMap(({ keys: { code, taxCode } }) => code ?? taxCode ?? [])
      .slice(0, count);
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      await Promise.all(
        keys.slice(at, at + AT_ONCE).map((key) => {
          const values = records.byKey(key)?.values ?? {};
          return change(ChangeCommand.parse({ command: 'change', key, values }));
        }),
      );
    }
    return keys.length;
  };
}
