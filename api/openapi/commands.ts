import type { AccessTable } from '../../schemas/access.ts';
import type { ExposedCommand } from '../commands/exposed.ts';

const once =
  'Carried out once for its `Idempotency-Key`, however often it is sent. With `If-Match` it counts only if the case is still at that version.';

/** The rows of the table of permissions that let people give a command, as a lawyer wrote them. */
function whoMay({ rows }: AccessTable, { caseType, type }: ExposedCommand): string[] {
  return rows
    .filter((row) => row.case === caseType && row.who.some((role) => role !== 'SYSTEM'))
    .filter(({ may }) => may.some((one) => one === type))
    .map(({ id, who, as, sentence, basis }) => {
      const relation = as.map((one) => `\`${one}\``).join(' or ');
      return `- ${who.map((role) => `\`${role}\``).join(', ')} as ${relation} (row \`${id}\`): ${sentence} *${basis}.*`;
    });
}

/** What a command asks of its sender, and who may give it, as the table says. */
export const descriptionOf = (table: AccessTable, command: ExposedCommand): string =>
  [once, '', 'Who may, by the table of permissions:', '', ...whoMay(table, command)].join('\n');
