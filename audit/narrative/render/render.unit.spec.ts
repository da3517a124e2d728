import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { policy, randomCase } from '../../testing/histories.spec.ts';
import { narrate } from '../narrate.ts';
import { narrativeHtml } from './html.ts';
import { narrativePdf } from './pdf.ts';
import { narrativePdfApart } from './pdfApart.ts';
import { narrativeText } from './text.ts';

const caseType = 'registration';
const { stream, events } = randomCase(caseType, 11, 60);
const told = (language: 'vi' | 'en') => narrate({ stream, caseType, events, policy, language });
/** Where lines break is the form's own affair. */
const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

describe('as PDF', () => {
  it('every sentence can be read back, with all its Vietnamese letters', { timeout: 120_000 }, async () => {
    const narrative = told('vi');
    const pdf = await getDocumentProxy(new Uint8Array(await narrativePdf(narrative)));
    const text = flat((await extractText(pdf, { mergePages: true })).text).normalize('NFC');
    const bare = text.replaceAll(' ', '');
    for (const { what, basis, punctuality } of narrative.steps)
      for (const said of [what, basis.text, punctuality.text])
        expect(bare).toContain(said.normalize('NFC').replaceAll(/\s/g, ''));
    expect(text).toContain(narrative.title);
    const { info } = (await pdf.getMetadata()) as { readonly info: Readonly<Record<string, unknown>> };
    expect(info.Language).toBe('vi');
  });

  it('is the same bytes for the same narrative', { timeout: 120_000 }, async () => {
    const [one, other] = [await narrativePdf(told('en')), await narrativePdf(told('en'))];
    expect(one.equals(other)).toBe(true);
  });

  it('is the same when it is made apart, where two wait for one another, and what cannot be told fails alone', {
    timeout: 120_000,
  }, async () => {
    const broken = { ...told('en'), steps: undefined } as never;
    const made = await Promise.allSettled([told('en'), broken, told('vi')].map(narrativePdfApart));
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const [english, , vietnamese] = made.map((one) => ('value' in one ? one.value : Buffer.of()));
    expect(english?.equals(await narrativePdf(told('en')))).toBe(true);
    expect(vietnamese?.equals(await narrativePdf(told('vi')))).toBe(true);
  });
});

describe('as HTML', () => {
  it('stands alone, names its language, and shows what people wrote as text', () => {
    const [first, ...rest] = told('vi').steps;
    if (!first) throw new Error('the case is empty');
    const nasty = { ...first, what: `</p><script>alert('x')</script>`, who: '"><img src=x>' };
    const html = narrativeHtml({ ...told('vi'), steps: [nasty, ...rest] });
    expect(html).toMatch(/^<!doctype html>\n<html lang="vi">/);
    expect(html).not.toMatch(/<script|<img|<[^>]*(?:src|href)=|url\(/i);
    expect(html).toContain('&lt;script&gt;');
    expect(html.match(/<li class="step/g)).toHaveLength(events.length);
  });
});

describe('as text', () => {
  it('has every step with basis and punctuality', () => {
    const narrative = told('en');
    const text = narrativeText(narrative);
    expect(text.match(/^ {6}Basis: /gm)).toHaveLength(events.length);
    expect(text.match(/^ {6}Punctuality: /gm)).toHaveLength(events.length);
    expect(text).toContain(stream);
  });
});
