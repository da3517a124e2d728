import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DomainError } from '../domain/error.ts';
import { LocalDate } from '../schemas/codes.ts';
import { OrganisationCategory } from '../schemas/enums.ts';
import type { Result } from './outcomes.ts';

/** A campaign as its dispatch orders it; `share: null` where the dispatch gives no number. */
export const Campaign = z.strictObject({
  name: z.string(),
  source: z.url(),
  issuer: z.string(),
  playedOn: LocalDate,
  basis: z.array(z.strictObject({ number: z.string(), date: LocalDate, issuer: z.string() })).min(1),
  baseline: z.strictObject({ activated: z.int(), of: z.string(), on: LocalDate }),
  targets: z.array(
    z.strictObject({
      group: z.string(),
      title: z.string(),
      categories: z.array(OrganisationCategory),
      before: LocalDate,
      share: z.number().nullable(),
    }),
  ),
  targetNote: z.string(),
  reductions: z.array(
    z.strictObject({ reason: z.enum(['FOREIGN_REPRESENTATIVE', 'CEASED_OPERATION']), title: z.string() }),
  ),
  receptionUnits: z.array(
    z.strictObject({
      unit: z.string(),
      name: z.string(),
      validFrom: LocalDate.optional(),
      validTo: LocalDate,
    }),
  ),
});
export type Campaign = z.infer<typeof Campaign>;

/** @throws DomainError EID_ERR_FILE when the file is not a campaign */
export function readCampaign(file: string): Campaign {
  const parsed = Campaign.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DomainError('EID_ERR_FILE', { file, fields });
}

export type Measure = {
  readonly group: string;
  readonly title: string;
  readonly before: string;
  readonly listed: number;
  /** Organisations that the lists of the dispatch would take out of the target, if the Working Group agrees. */
  readonly reducible: number;
  readonly registered: number;
  readonly issued: number;
  readonly activated: number;
};

const reducible = ({ outcome, entry }: Result): boolean =>
  outcome === 'REFUSED' && ['foreign representative', 'dissolved', 'ceased'].includes(entry.path);

/** Registered, issued and activated of those listed, by target group; a second request of an organisation adds none. */
export function measure(campaign: Campaign, results: readonly Result[]): Measure[] {
  return campaign.targets.map(({ group, title, before, categories }) => {
    const listed = results.filter(
      ({ entry, outcome }) =>
        categories.includes(entry.dossier.organisation.category) && outcome !== 'NOT_TAKEN',
    );
    const count = (holds: (result: Result) => boolean) => listed.filter(holds).length;
    return {
      group,
      title,
      before,
      listed: listed.length,
      reducible: count(reducible),
      registered: count((r) => r.submitted),
      issued: count((r) => r.issued),
      activated: count((r) => r.activated),
    };
  });
}
