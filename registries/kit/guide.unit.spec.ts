import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeAnswer } from '../../bus/answer.ts';
import {
  AnswerDisposition,
  RecordField,
  RefusalReason,
  Registry,
  RegistryStatus,
} from '../../schemas/registry.ts';
import { readQuestion } from './read.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const guide = read('../../docs/guides/registry-adapters.md');
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);

describe('the guide for adapters', () => {
  it('shows an adapter that is compiled and tested', () => {
    expect(blocks('ts')).toEqual([read('./example.ts')]);
  });

  it('shows a question and an answer that are read', () => {
    const [question = '', answer = '', ...others] = blocks('json');
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(others).toEqual([]);
    expect(readQuestion('TAX', bytes(question))).toMatchObject({ ok: true });
    expect(judgeAnswer('answers.TAX', bytes(answer))).toMatchObject({ kind: 'ANSWER' });
  });

  it.each([
    ...Registry.options,
    ...RegistryStatus.options,
    ...RefusalReason.options,
    ...AnswerDisposition.options,
    ...RecordField.options,
  ])('names %s', (name) => {
    expect(guide).toContain(`\`${name}\``);
  });
});
