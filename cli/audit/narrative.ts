import { writeFileSync } from 'node:fs';
import process from 'node:process';
import type { Narrative } from '../../audit/narrative/model.ts';
import { narrativeOf } from '../../audit/narrative/narrativeOf.ts';
import { DomainError } from '../../domain/error.ts';
import { defaultLanguage, type OutputLanguage, print } from '../output.ts';
import { ask } from './ask.ts';
import type { AuditorOptions } from './auditor.ts';

type Format = 'text' | 'html' | 'pdf';

/**
 * Tells a case, on standard output or into a file.
 * @throws DomainError EID_ERR_USAGE, EID_ERR_CASE_UNKNOWN, EID_ERR_POLICY_UNKNOWN, EID_ERR_FILE
 */
export async function runNarrative(
  stream: string,
  {
    lang,
    format,
    out,
    json,
    ...options
  }: AuditorOptions & {
    readonly lang?: OutputLanguage;
    readonly format: Format;
    readonly out?: string;
    readonly json?: boolean;
  },
): Promise<void> {
  if (format === 'pdf' && out === undefined && process.stdout.isTTY && !json)
    throw new DomainError('EID_ERR_USAGE', { reason: 'a PDF goes into a file or a pipe: give --out' });
  const language = lang ?? defaultLanguage();
  const question = { part: 'narrative', lang: language, format: json ? 'json' : format };
  const narrative = await ask(stream, options, question, (archive, reader) =>
    narrativeOf(archive, reader, stream, language),
  );
  const document = json ? `${JSON.stringify(narrative)}\n` : await rendered(narrative, format);
  if (out === undefined) process.stdout.write(document);
  else {
    write(out, document);
    print(out);
  }
}

async function rendered(narrative: Narrative, format: Format): Promise<string | Buffer> {
  switch (format) {
    case 'text':
      return (await import('../../audit/narrative/render/text.ts')).narrativeText(narrative);
    case 'html':
      return (await import('../../audit/narrative/render/html.ts')).narrativeHtml(narrative);
    case 'pdf':
      return await (await import('../../audit/narrative/render/pdf.ts')).narrativePdf(narrative);
  }
}

function write(file: string, document: string | Buffer): void {
  try {
    writeFileSync(file, document);
  } catch (error) {
    throw new DomainError('EID_ERR_FILE', {
      file,
      reason: error instanceof Error ? error.message : 'cannot be written',
    });
  }
}
