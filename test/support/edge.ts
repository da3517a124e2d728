import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '../../schemas/actor.ts';
import type { UnitCatalogue } from '../../schemas/admin-unit.ts';
import type { EdgeOptions } from '../../workers/edge.ts';
import { c06Officer, officer, officers, registrant } from './requests.ts';

const since = { validFrom: '2024-07-01', basis: 'test', confidence: 'PROPOSAL' as const };

/** The units of the tests' officers: a commune's police, the province's, C06; and another province with a commune. */
export const catalogue: UnitCatalogue = {
  version: 'test',
  source: 'invented for tests',
  notes: [],
  units: [
    { code: 'C06', name: 'C06', level: 'MINISTRY', receivesDossiers: false, verifiesCommunes: [], ...since },
    ...(['TEST', 'OTHER'] as const).flatMap((name) => [
      {
        code: `PC06-${name}`,
        name: `PC06 ${name}`,
        level: 'PROVINCE' as const,
        parent: 'C06',
        province: name,
        receivesDossiers: true,
        verifiesCommunes: [],
        ...since,
      },
      {
        code: `CAX-${name}`,
        name: `Công an xã ${name}`,
        level: 'COMMUNE' as const,
        parent: `PC06-${name}`,
        receivesDossiers: true,
        verifiesCommunes: [`XA-${name}`],
        ...since,
      },
    ]),
  ],
  communes: ['TEST', 'OTHER'].map((name) => ({
    code: `XA-${name}`,
    name: `Xã ${name}`,
    province: name,
    ...since,
  })),
};

/** People of the tests beside the officers of test/support/requests.ts. */
export const others = {
  provinceDesk: person('province-desk', 'RECEPTION_OFFICER', 'PC06-TEST'),
  provinceHead: person('province-head', 'UNIT_HEAD', 'PC06-TEST'),
  provinceVerifier: person('province-verifier', 'VERIFICATION_OFFICER', 'PC06-TEST'),
  strangerDesk: person('stranger-desk', 'RECEPTION_OFFICER', 'CAX-OTHER'),
  strangerVerifier: person('stranger-verifier', 'VERIFICATION_OFFICER', 'CAX-OTHER'),
  strangerHead: person('stranger-head', 'UNIT_HEAD', 'CAX-OTHER'),
  financeOfficer: person('finance', 'BODY_OFFICER', 'FINANCE-TEST'),
  strangerOfficer: person('finance-elsewhere', 'BODY_OFFICER', 'FINANCE-OTHER'),
  auditor: person('auditor', 'AUDITOR'),
  authority: person('authority', 'AUTHORITY'),
  representative: person('representative', 'REPRESENTATIVE'),
};

function person(id: string, role: Actor['roles'][number], unit?: string): Actor {
  return { id, name: id, roles: [role], ...(unit === undefined ? {} : { unit }) };
}

/** The system of a body, which answers on its own account. */
export const bodySystem = { id: 'home-affairs-system', name: 'Sở Nội vụ', unit: 'HOME-AFFAIRS-TEST' };

/** Identity provider and API over these units and people. */
export function edgeOf(
  folder: string,
  organisations: number,
  apiEnv: Readonly<Record<string, string>>,
  tokenSeconds?: number,
): Omit<EdgeOptions, 'env' | 'log'> {
  const units = join(folder, 'units.json');
  const people = join(folder, 'people.json');
  const directory = join(folder, 'directory.json');
  const many = Array.from({ length: organisations }, (_, i) => i + 1);
  const offices = [
    ...Object.values(officers),
    ...many.flatMap((n) => [officer(n), c06Officer(n)]),
    ...Object.values(others).filter(({ unit }) => unit !== undefined),
  ].filter(({ id }, i, all) => all.findIndex((one) => one.id === id) === i);
  const outside = Object.values(others).filter(({ unit }) => unit === undefined);
  const bare = ({ id, name, roles, unit }: Actor) => ({ id, name, roles, unit });
  const write = (file: string, list: readonly Actor[]) =>
    writeFileSync(file, JSON.stringify({ people: list.map(bare) }));
  writeFileSync(units, JSON.stringify(catalogue));
  writeFileSync(
    people,
    JSON.stringify({
      people: [...offices, ...outside, ...many.map(registrant)].map(bare),
      services: [{ ...bodySystem, roles: ['BODY_OFFICER'] }],
    }),
  );
  write(directory, offices);
  return {
    apiEnv: {
      LOG_LEVEL: 'warn',
      ORGEID_UNITS_FILE: units,
      ORGEID_DIRECTORY_FILE: directory,
      ORGEID_KEYS_DIR: join(folder, 'keys'),
      ...apiEnv,
    },
    identityEnv: {
      LOG_LEVEL: 'warn',
      ORGEID_DEV_PEOPLE: people,
      ...(tokenSeconds === undefined ? {} : { ORGEID_DEV_TOKEN_SECONDS: String(tokenSeconds) }),
    },
  };
}
