import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read, repositoryFiles, root } from '../test/house/repository.ts';
import { type ErrorEntry, errorTable } from './errors.ts';

const entries: [code: string, entry: ErrorEntry][] = Object.entries(errorTable);
const coded = /\bEID_ERR_[A-Z0-9]+(?:_[A-Z0-9]+)*/g;
/** Messages of single fields, under EID_ERR_SHAPE. */
const ofField = /^EID_ERR_SHAPE_/;

describe('the error table', () => {
  it.each(entries)(
    'tells in two languages what happened and what to do next: %s',
    (code, { status, vi, en, next, nextVi }) => {
      expect(code).toMatch(/^EID_ERR_[A-Z0-9]+(_[A-Z0-9]+)*$/);
      expect([400, 401, 403, 404, 405, 408, 409, 412, 413, 415, 422, 429, 431, 500, 503]).toContain(status);
      for (const text of [vi, en, next, nextVi]) {
        expect(text).toMatch(/^\S.*\.$/);
        expect(text).toBe(text.normalize('NFC'));
      }
      expect(vi).toMatch(/[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i);
      expect(en).not.toMatch(/[^\x20-\x7e]/);
    },
  );
  it('says no two things alike', () => {
    for (const key of ['vi', 'en'] as const)
      expect(new Set(entries.map(([, entry]) => entry[key])).size).toBe(entries.length);
  });
  it('has every code that the sources use', () => {
    const sources = repositoryFiles('*.ts', '*.mjs').filter(
      (path) => path !== 'schemas/errors.unit.spec.ts' && existsSync(`${root}/${path}`),
    );
    const unknown = sources.flatMap((path) =>
      [...new Set(read(path).match(coded))]
        .filter((code) => !(code in errorTable) && !ofField.test(code))
        .map((code) => `${code} in ${path}`),
    );
    expect(unknown).toEqual([]);
  });
});
