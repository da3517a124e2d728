import { labels } from './labels.ts';
import type { Basis, Narrative, NarrativeStep } from './model.ts';

/** A basis on one line: what it is, how sure the reading is, and that no text was found where that is so. */
export function basisLine({ text, confidence, notFound }: Basis, language: Narrative['language']): string {
  const { notFound: silent } = labels[language];
  const says = text.toLowerCase().startsWith(silent.toLowerCase().slice(0, 14));
  const missing = notFound && !says && confidence.toLowerCase() !== silent.toLowerCase();
  return `${text} [${confidence}]${missing ? ` – ${silent}` : ''}`;
}

/** What stands under the sentence of a step, in its order: label and text. */
export function detailsOf(
  { basis, limit, punctuality }: NarrativeStep,
  language: Narrative['language'],
): readonly (readonly [label: string, text: string])[] {
  const words = labels[language];
  return [
    [words.basis, basisLine(basis, language)],
    ...(limit
      ? ([
          [
            words.limit,
            limit.basis.text === basis.text
              ? `${limit.text}, ${words.due} ${limit.due}`
              : `${limit.text}, ${words.due} ${limit.due} – ${basisLine(limit.basis, language)}`,
          ],
        ] as const)
      : []),
    ...(limit && limit.counted.length > 0 ? ([[words.counted, limit.counted.join(' ')]] as const) : []),
    [words.punctuality, punctuality.text],
  ];
}
