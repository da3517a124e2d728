import { labels } from '../labels.ts';
import { detailsOf } from '../lines.ts';
import type { Narrative, NarrativeStep } from '../model.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => escapes[mark] ?? mark);

const style = `
:root { color-scheme: light; font: 1rem/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.5rem; margin-bottom: 0; }
.subtitle { font-size: 1.15rem; margin-top: .25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
ol { list-style: none; padding: 0; }
li.step { border-left: .25rem solid #5a6b7b; padding: .1rem 0 .1rem .75rem; margin: 0 0 1rem; break-inside: avoid; }
li.LATE, li.EXPIRED { border-color: #a40000; }
li.IN_TIME { border-color: #14651f; }
.head { color: #444; margin: 0; }
.what { margin: .1rem 0; font-weight: 600; }
.step dl { font-size: .9rem; }
@media print { body { max-width: none; margin: 0; font-size: 10pt; } @page { size: A4; margin: 18mm; } }
`;

const pair = (label: string, text: string): string => `<dt>${escaped(label)}</dt><dd>${escaped(text)}</dd>`;

const stepHtml = (step: NarrativeStep, language: Narrative['language']): string => `
<li class="step ${step.punctuality.kind}" id="v${step.version}" value="${step.version}">
<p class="head">${step.version}. <time datetime="${escaped(step.at)}">${escaped(step.when)}</time> · ${escaped(step.who)}</p>
<p class="what">${escaped(step.what)}</p>
<dl>${detailsOf(step, language)
  .map(([label, text]) => pair(label, text))
  .join('')}</dl>
</li>`;

/** A narrative as one HTML document that needs nothing else: no script, no address is asked for. */
export function narrativeHtml({ language, stream, title, subtitle, facts, steps, notes }: Narrative): string {
  const words = labels[language];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${title} – ${stream}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="subtitle">${escaped(subtitle)}</p>
<section aria-labelledby="facts"><h2 id="facts">${words.facts}</h2>
<dl>${facts.map(({ label, text }) => pair(label, text)).join('')}</dl></section>
<section aria-labelledby="steps"><h2 id="steps">${words.steps}</h2>
<ol>${steps.map((step) => stepHtml(step, language)).join('')}
</ol></section>
<section aria-labelledby="notes"><h2 id="notes">${words.notes}</h2>
<ul>${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul></section>
</main>
</body>
</html>
`;
}
