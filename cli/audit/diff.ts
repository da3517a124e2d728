import { momentOf } from '../../audit/replay/moment.ts';
import { differencesOf } from '../../audit/replay/questions.ts';
import { print, printJson } from '../output.ts';
import { ask } from './ask.ts';
import type { AuditorOptions } from './auditor.ts';
import { eventLine } from './history.ts';
import { momentLine } from './state.ts';

/** Prints what changed between two moments. @throws DomainError EID_ERR_USAGE, EID_ERR_SHAPE, EID_ERR_CASE_UNKNOWN, EID_ERR_MOMENT */
export async function runDiff(
  stream: string,
  {
    json,
    from,
    to,
    ...options
  }: AuditorOptions & {
    readonly from: string;
    readonly to?: string;
    readonly json?: boolean;
  },
): Promise<void> {
  const found = await ask(stream, options, { part: 'diff', from, to }, (archive, reader) =>
    differencesOf(archive, reader, stream, {
      from: momentOf(from, 'from'),
      to: to === undefined ? undefined : momentOf(to, 'to'),
    }),
  );
  if (json) return printJson(found);
  print(`from  ${momentLine(found.from)}`);
  print(`to    ${momentLine(found.to)}`);
  for (const event of found.events) print(eventLine(event));
  if (found.differences.length === 0) print('No difference.');
  for (const change of found.differences) {
    const before = change.op === 'add' ? '' : ` ${JSON.stringify(change.before)}`;
    const value = change.op === 'remove' ? '' : ` ${JSON.stringify(change.value)}`;
    print(
      `${change.op === 'add' ? '+' : change.op === 'remove' ? '-' : '~'} ${change.path}${before}${change.op === 'replace' ? ' →' : ''}${value}`,
    );
  }
}
