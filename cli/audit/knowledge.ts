import { knowledgeOf } from '../../audit/replay/questions.ts';
import { inVietnam } from '../../domain/calendar/local-time.ts';
import type { AuditKnowledge } from '../../schemas/audit.ts';
import { print, printJson } from '../output.ts';
import { ask } from './ask.ts';
import type { AuditorOptions } from './auditor.ts';
import { type MomentOptions, momentOfOptions } from './moments.ts';
import { momentLine } from './state.ts';

/** Prints who knew what. @throws DomainError EID_ERR_USAGE, EID_ERR_SHAPE, EID_ERR_CASE_UNKNOWN, EID_ERR_MOMENT */
export async function runKnowledge(
  stream: string,
  { json, ...options }: AuditorOptions & MomentOptions & { readonly json?: boolean },
): Promise<void> {
  const { as: _, ...said } = options;
  const found = await ask(stream, options, { part: 'knowledge', ...said }, (archive, reader) =>
    knowledgeOf(archive, reader, stream, momentOfOptions(said)),
  );
  if (json) printJson(found);
  else for (const line of linesOf(found)) print(line);
}

const named = ({ name, unit }: { readonly name: string; readonly unit?: string | undefined }): string =>
  unit === undefined ? name : `${name} (${unit})`;

function* linesOf({ moment, acted, read, told, open, basis }: AuditKnowledge): Generator<string> {
  yield momentLine(moment);
  yield 'Had acted:';
  for (const { by, events, last, types } of acted)
    yield `  ${named(by)}: ${events} events, last ${inVietnam(last)}; ${types.join(', ')}`;
  yield 'Had read it, or tried to:';
  for (const { actor, accesses, refused, last, seenVersion, rows } of read)
    yield `  ${named(actor)} [${actor.roles.join(', ')}]: ${accesses} accesses, ${refused} refused, last ${inVietnam(last)}; ${
      seenVersion === undefined ? 'saw nothing' : `saw version ${seenVersion} at most, by ${rows.join(', ')}`
    }`;
  yield 'Had been told:';
  for (const { to, template, receivedAt, through } of told)
    yield `  ${to.name}: ${template}, ${receivedAt === undefined ? 'not known to have arrived' : `${inVietnam(receivedAt)} through ${through ?? ''}`}`;
  yield 'Could do:';
  for (const { actor, known, actions } of open)
    yield `  ${named(actor)} [${actor.roles.join(', ')}${known === 'CASE' ? ', by the case' : known === 'OFFICER_LATER' ? ', known only later' : ''}]: ${actions
      .map(
        ({ type, taskId, why }) =>
          `${type}${taskId === undefined ? '' : ` ${taskId}`}${why === undefined ? '' : ` (${why})`}`,
      )
      .join(', ')}`;
  yield `Officers with the roles and units that the directory had then (${basis.officersConsidered} looked at${basis.officersTruncated ? ', there are more' : ''}; ${basis.officersLater} of them it learnt of only later); actions by the table ${basis.table}${basis.tableInForce ? ', in force then' : ', which came later'}.`;
  if (basis.accessesTruncated)
    yield 'There were more accesses than are read here: the earliest are left out.';
}
