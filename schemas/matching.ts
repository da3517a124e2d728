import { z } from 'zod';
import { LocalDate } from './codes.ts';
import { Confidence } from './enums.ts';
import { RecordField } from './registry.ts';

/** How two values relate. `equivalent`: written differently, known to say the same; `similar`: a person decides. */
export const MatchOutcome = z.enum(['equal', 'equivalent', 'similar', 'different', 'missing']);
export type MatchOutcome = z.infer<typeof MatchOutcome>;

/** What follows from a comparison: taken as the same, decided by a person, or taken as a mismatch. */
export const MatchBand = z.enum(['same', 'person', 'different']);
export type MatchBand = z.infer<typeof MatchBand>;

/** An explanation for the officer and the registrant. */
export const Explanation = z.strictObject({ vi: z.string(), en: z.string() });
export type Explanation = z.infer<typeof Explanation>;

/** One compared field. Personal numbers are masked in `declared`, `registry` and `why`. `score` runs from 0 to 1. */
export const FieldOutcome = z.strictObject({
  field: RecordField,
  outcome: MatchOutcome,
  band: MatchBand,
  score: z.number().min(0).max(1),
  why: Explanation,
  declared: z.string().optional(),
  registry: z.string().optional(),
});
export type FieldOutcome = z.infer<typeof FieldOutcome>;

/** A record compared with a registry's. `score` is the weighted mean of the fields that count. */
export const RecordMatch = z.strictObject({
  policyVersion: z.string(),
  band: MatchBand,
  score: z.number().min(0).max(1),
  why: Explanation,
  fields: z.array(FieldOutcome),
});
export type RecordMatch = z.infer<typeof RecordMatch>;

/** Vocabularies of names: Vietnamese and English organisation names, names of persons. */
export const LexiconName = z.enum(['vi', 'en', 'person']);
export type LexiconName = z.infer<typeof LexiconName>;

/**
 * `main` forms exclude each other; `members` says how many members; `dependent` makes another unit of the name
 * (branch, office); `vague` words are used loosely.
 */
export const LegalForm = z.strictObject({
  token: z.string().regex(/^[a-z0-9]+$/),
  kind: z.enum(['main', 'members', 'dependent', 'vague']),
  variants: z.array(z.string().min(1)).min(1),
});
export type LegalForm = z.infer<typeof LegalForm>;

/** One reading: certain. Several: a person decides. `anywhere`: also as the last word, where others may be a brand. */
export const NameAbbreviation = z.strictObject({
  short: z.string().min(1),
  long: z.array(z.string().min(1)).min(1),
  anywhere: z.boolean().optional(),
});
export type NameAbbreviation = z.infer<typeof NameAbbreviation>;

export const Lexicon = z.strictObject({
  forms: z.array(LegalForm),
  abbreviations: z.array(NameAbbreviation),
  /** Words of trade and place that do not tell one organisation from another. */
  common: z.array(z.string()),
  fillers: z.array(z.string()),
  /** Leading words that are no part of the name. */
  titles: z.array(z.string()),
});
export type Lexicon = z.infer<typeof Lexicon>;

/** `personFrom`: least similarity at which unlike texts go to a person; below it they are a mismatch. */
export const FieldSetting = z.strictObject({
  comparer: z.enum(['name', 'address', 'code', 'date']),
  weight: z.number().positive(),
  /** A declared value that the registry does not hold goes to a person. */
  required: z.boolean(),
  /** A different value is a mismatch of the whole record; otherwise a person decides. */
  decisive: z.boolean(),
  personFrom: z.number().gt(0).lt(1),
  lexicons: z.array(LexiconName).optional(),
  /** What the spellings i and y of one sound are worth. */
  variantSpelling: z.enum(['same', 'person']).optional(),
  /** Names one holder alone. Where a policy has such fields, a record is the same only when one of them was compared. */
  identifying: z.boolean().optional(),
  masked: z.boolean().optional(),
});
export type FieldSetting = z.infer<typeof FieldSetting>;

/** An administrative unit that was merged or renamed. `certain`: the whole unit is one with `to`. */
export const RenamedUnit = z.strictObject({
  level: z.enum(['PROVINCE', 'COMMUNE']),
  from: z.string().min(1),
  to: z.string().min(1),
  on: LocalDate,
  certain: z.boolean(),
  basis: z.string().min(1),
  confidence: Confidence,
});
export type RenamedUnit = z.infer<typeof RenamedUnit>;

/** Everything that matching knows, as data. Nothing but equality after normalisation is ever `same`. */
export const MatchingPolicy = z.strictObject({
  version: z.string().min(1),
  validFrom: LocalDate,
  basis: z.string().min(1),
  confidence: Confidence,
  notes: z.array(z.string()),
  fields: z.record(RecordField, FieldSetting),
  /** Words written where a value is lacking; never taken as agreement. */
  placeholders: z.array(z.string()),
  /** A record whose weighted score is lower is a mismatch. */
  differentBelow: z.number().min(0).max(1),
  spelling: z.strictObject({
    lookalikes: z.record(z.string(), z.string()),
    symbols: z.record(z.string(), z.string()),
    /** Initial consonants after which a lone i and y are one sound. */
    iyOnsets: z.array(z.string()),
    /** Characters that betray TCVN3, VNI or misread UTF-8. */
    legacyMarks: z.string(),
    /** A letter of `first` followed by one of `second` occurs in no Vietnamese syllable but in VNI text. */
    legacyPairs: z.array(z.strictObject({ first: z.string(), second: z.string() })),
    /** Input methods whose keys stay in a word when they are switched off: `Huwng`, `Hu7ng`. */
    typing: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          /** Keys of a letter, in lower case; the longest first. */
          letters: z.record(z.string(), z.string()),
          /** Key at the end of a word by the combining mark that it means. */
          tones: z.record(z.string(), z.string()),
        }),
      )
      .optional(),
    /** Digits that a reading machine or a hand puts for letters without marks: `1` for `li`. */
    misread: z.record(z.string(), z.string()).optional(),
  }),
  lexicons: z.record(LexiconName, Lexicon),
  address: z.strictObject({
    abbreviations: z.record(z.string(), z.string()),
    /** Abbreviations written together with a number, as in Q1. */
    glued: z.array(z.string()),
    levels: z.strictObject({
      PROVINCE: z.array(z.string()),
      DISTRICT: z.array(z.string()),
      COMMUNE: z.array(z.string()),
    }),
    /** Cities that are provinces. */
    centralCities: z.array(z.string()),
    countries: z.array(z.string()),
    renamed: z.array(RenamedUnit),
  }),
  codes: z.strictObject({ labels: z.array(z.string()) }),
});
export type MatchingPolicy = z.infer<typeof MatchingPolicy>;
