import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Actor } from '../schemas/actor.ts';
import type { Party } from '../schemas/registry.ts';
import { type Campaign, readCampaign } from './campaign.ts';
import { readPeople } from './people.ts';
import { type Entry, type RejectedRow, readOrganisations } from './read-organisations.ts';
import { type Units, unitsOn } from './units.ts';

export const SAMPLE = fileURLToPath(new URL('../samples/hung-yen/', import.meta.url));

/** Thousands of generated organisations that the registries hold beside those of the sample. */
export const WORLD = 'hung-yen:5000';

/** Files of organisations; every row of the second one is broken on purpose. */
const GOOD = 'organisations.csv';
const BROKEN = 'organisations-broken.csv';
export const BROKEN_ROWS = 10;

export type Sample = {
  readonly campaign: Campaign;
  readonly units: Units;
  readonly people: readonly Actor[];
  /** File of these people, for those who ask by id. */
  readonly peopleFile: string;
  readonly entries: readonly Entry[];
  readonly rejected: readonly RejectedRow[];
  /** What the system of a department knows. */
  readonly bodyFile: string;
  readonly parties: readonly {
    readonly party: Party;
    readonly dataFile: string;
    readonly world?: string;
  }[];
};

/** Reads the sample of a province. @throws DomainError EID_ERR_FILE */
export async function readSample(folder: string = SAMPLE): Promise<Sample> {
  const campaign = readCampaign(join(folder, 'campaign.yaml'));
  const units = await unitsOn(campaign.playedOn);
  const read = (file: string) => readOrganisations(readFileSync(join(folder, file)), file, units);
  const [good, broken] = [read(GOOD), read(BROKEN)];
  const registry = (name: string) => join(folder, 'registries', `${name}.json`);
  const channels = join(folder, 'channels.json');
  const peopleFile = join(folder, 'people.yaml');
  return {
    campaign,
    units,
    people: readPeople(peopleFile, units),
    peopleFile,
    entries: [...good.entries, ...broken.entries],
    rejected: [...good.rejected, ...broken.rejected],
    bodyFile: join(folder, 'bodies', 'home-affairs.json'),
    parties: [
      { party: 'BUSINESS', dataFile: registry('business'), world: WORLD },
      { party: 'COOPERATIVE', dataFile: registry('cooperative'), world: WORLD },
      { party: 'TAX', dataFile: registry('tax'), world: WORLD },
      { party: 'POPULATION', dataFile: registry('population'), world: WORLD },
      { party: 'VNEID', dataFile: channels },
      { party: 'SMS', dataFile: channels },
      { party: 'EMAIL', dataFile: channels },
    ],
  };
}
