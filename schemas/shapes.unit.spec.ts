import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  CommuneCode,
  ElectronicCode,
  EnterpriseCode,
  IdentificationNumber,
  Instant,
  LocalDate,
  PersonalNumber,
  PersonNumber,
  StreamId,
  TaxCode,
  UnitCode,
} from './codes.ts';
import { Nationality } from './dossier.ts';
import { QuestionId } from './registry.ts';

type Case = {
  readonly name: string;
  readonly schema: z.ZodType;
  readonly good: readonly string[];
  readonly bad: readonly string[];
  readonly says: string | undefined;
};

const rows: readonly (readonly [string, z.ZodType, readonly string[], readonly string[], string?])[] = [
  [
    'tax code (Circular 86/2024 Art 5)',
    TaxCode,
    ['0900000011', '0900000011-001', '0900000011-999'],
    [
      '',
      '090000001',
      '09000000111',
      '0900000011-000',
      '0900000011-01',
      '0900000011001',
      '090000001a',
      ' 0900000011',
    ],
    'EID_ERR_SHAPE_TAX_CODE',
  ],
  [
    'enterprise code',
    EnterpriseCode,
    ['0900000011', '0900000011-123'],
    ['0900000011-000', 'ABC'],
    'EID_ERR_SHAPE_ENTERPRISE_CODE',
  ],
  [
    'personal identification number',
    PersonalNumber,
    ['033190000001'],
    ['33190000001', '0331900000011', '03319000000a'],
    'EID_ERR_SHAPE_PERSONAL_NUMBER',
  ],
  ['number of any person', PersonNumber, ['033190000001', 'M12345678'], ['', '   ', 'x'.repeat(36)]],
  [
    'electronic identification code (Decision 20/2020 Arts 4, 5)',
    ElectronicCode,
    ['H01', 'H01.151', 'A12.34.56', '0900000011', '0900000011-001', 'X'.repeat(35)],
    ['', 'h01', 'H01.', '.H01', 'H01..2', 'H 01', 'X'.repeat(36)],
  ],
  [
    'identification number: a natural number, nothing more (Art 6)',
    IdentificationNumber,
    ['1', '10000000001', '9'.repeat(40)],
    ['', '0', '01', '-1', '1.5', '@identification-number'],
    'EID_ERR_SHAPE_IDENTIFICATION_NUMBER',
  ],
  [
    'unit code',
    UnitCode,
    ['C06', 'PC06-HUNG-YEN'],
    ['', 'c06', '-C06', 'Công an'],
    'EID_ERR_SHAPE_UNIT_CODE',
  ],
  ['commune code', CommuneCode, ['XA-LAM-SON'], ['xã', ''], 'EID_ERR_SHAPE_COMMUNE_CODE'],
  [
    'stream',
    StreamId,
    ['registration-1', 'account-10000000001', 'registration-a_b-C'],
    ['registration', 'registration-', 'lock-1', 'registration-a.b', `account-${'1'.repeat(120)}`],
  ],
  [
    'question',
    QuestionId,
    ['registration-1.TAX.1', 'account-1.notice2.14'],
    ['registration-1.TAX', 'a.b.c', 'a.b.1.2', 'a b.c.1'],
    'EID_ERR_SHAPE_QUESTION_ID',
  ],
  ['nationality', Nationality, ['VN', 'KR'], ['vn', 'VNM', ''], 'EID_ERR_SHAPE_NATIONALITY'],
  ['date', LocalDate, ['2024-02-29'], ['2023-02-29', '2024-2-9', '29/02/2024', '2024-13-01']],
  [
    'instant',
    Instant,
    ['2025-03-03T02:00:00.000Z'],
    ['2025-03-03', '2025-03-03T02:00:00', '2025-03-03T02:00:00+07:00'],
  ],
];

const cases = rows.map(([name, schema, good, bad, says]): Case => ({ name, schema, good, bad, says }));

describe('shapes', () => {
  it.each(cases)('take a good $name and refuse a bad one', ({ schema, good, bad, says }) => {
    for (const value of good) expect(schema.safeParse(value).success, `${value} is good`).toBe(true);
    for (const value of bad) {
      const { success, error } = schema.safeParse(value);
      expect(success, `${value} is bad`).toBe(false);
      if (says) expect(error?.issues.map((issue) => issue.message)).toContain(says);
    }
  });
});
