import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import pdfmake, { type Content } from 'pdfmake';
import { labels } from '../labels.ts';
import { detailsOf } from '../lines.ts';
import type { Narrative, NarrativeStep } from '../model.ts';

type Definition = Parameters<typeof pdfmake.createPdf>[0];

const require = createRequire(import.meta.url);
// Roboto has every letter of Vietnamese; it is embedded, in the part that is used.
const fonts = require('pdfmake/fonts/Roboto.js') as Parameters<typeof pdfmake.setFonts>[0];
const folder = dirname(require.resolve('pdfmake/fonts/Roboto.js')) + sep;

pdfmake.setFonts(fonts);
// A document is made of what it is given: no address is asked, no file is read but the fonts.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder));

const colours: Readonly<Record<NarrativeStep['punctuality']['kind'], string>> = {
  STARTS: '#1a1a1a',
  IN_TIME: '#14651f',
  LATE: '#a40000',
  EXPIRED: '#a40000',
  NO_LIMIT: '#444444',
};

/**
 * A narrative as PDF, A4. The same narrative is the same bytes: the dates of the document are those of its last event, and its id follows
 * from them.
 */
export async function narrativePdf(narrative: Narrative): Promise<Buffer> {
  return await pdfmake.createPdf(documentOf(narrative)).getBuffer();
}

function documentOf(narrative: Narrative): Definition & { readonly language: string } {
  const { language, stream, title, subtitle, facts, steps, notes } = narrative;
  const words = labels[language];
  const last = new Date(steps.at(-1)?.at ?? 0);
  return {
    language,
    tagged: true,
    displayTitle: true,
    version: '1.7',
    pageSize: 'A4',
    pageMargins: [50, 50, 50, 55],
    info: {
      title: `${title} – ${stream}`,
      subject: subtitle,
      creator: 'Org eID',
      producer: 'Org eID',
      creationDate: last,
      modDate: last,
    },
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.25 },
    styles: {
      title: { fontSize: 16, bold: true },
      subtitle: { fontSize: 12 },
      heading: { fontSize: 12, bold: true, margin: [0, 12, 0, 4] },
      small: { fontSize: 8.5, color: '#333333' },
    },
    footer: (page, pages) => ({
      text: `${stream} · ${words.page} ${page}/${pages}`,
      alignment: 'center',
      style: 'small',
    }),
    content: [
      { text: title, style: 'title' },
      { text: subtitle, style: 'subtitle' },
      { text: words.facts, style: 'heading' },
      ...facts.map(({ label, text }): Content => ({ text: [{ text: `${label}: `, bold: true }, text] })),
      { text: words.steps, style: 'heading' },
      ...steps.map((step) => stepOf(step, language)),
      { text: words.notes, style: 'heading' },
      { ul: [...notes] },
    ],
  };
}

const stepOf = (step: NarrativeStep, language: Narrative['language']): Content => ({
  unbreakable: true,
  margin: [0, 0, 0, 7],
  stack: [
    { text: `${step.version}. ${step.when} · ${step.who}`, color: '#444444' },
    { text: step.what, bold: true, color: colours[step.punctuality.kind] },
    ...detailsOf(step, language).map(
      ([label, text]): Content => ({
        style: 'small',
        margin: [12, 0, 0, 0],
        text: [{ text: `${label}: `, bold: true }, text],
      }),
    ),
  ],
});
