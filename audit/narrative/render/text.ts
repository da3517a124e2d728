import { labels } from '../labels.ts';
import { detailsOf } from '../lines.ts';
import type { Narrative } from '../model.ts';

/** A narrative for a terminal or a plain file; lines end with LF. */
export function narrativeText({ language, title, subtitle, facts, steps, notes }: Narrative): string {
  const words = labels[language];
  const told = steps.flatMap((step) => [
    `${String(step.version).padStart(4)}. ${step.when}  ${step.who}`,
    `      ${step.what}`,
    ...detailsOf(step, language).map(([label, text]) => `      ${label}: ${text}`),
    '',
  ]);
  return [
    title,
    ...(subtitle ? [subtitle] : []),
    '',
    ...facts.map(({ label, text }) => `${label}: ${text}`),
    '',
    words.steps,
    '',
    ...told,
    words.notes,
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}
