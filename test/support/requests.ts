import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '../../schemas/actor.ts';
import type { RegistryChange } from '../../schemas/change.ts';
import type { Dossier } from '../../schemas/dossier.ts';
import type { Jurisdiction } from '../../schemas/jurisdiction.ts';
import type { Registry } from '../../schemas/registry.ts';

/** Ten digits that name an invented organisation. */
export const codeOf = (n: number): string => String(9_000_000_000 + n);
const personOf = (n: number): string => `0000${String(n).padStart(8, '0')}`;

export const c06 = ['C06'];
const pc06 = ['PC06-TEST', ...c06];
const commune = ['CAX-TEST', ...pc06];

export const jurisdiction: Jurisdiction = {
  catalogueVersion: 'test',
  reception: { unit: 'CAX-TEST', name: 'Công an xã thử nghiệm', path: commune },
  receptionIsPc06: false,
  verification: { unit: 'CAX-TEST', name: 'Công an xã thử nghiệm', path: commune },
  verificationWhy: 'COMMUNE',
};

const person = (id: string, role: Actor['roles'][number], path: readonly string[]): Actor => ({
  id,
  name: id,
  roles: [role],
  ...(path[0] === undefined ? {} : { unit: path[0], unitPath: [...path] }),
});

export const officers = {
  desk: person('desk', 'RECEPTION_OFFICER', commune),
  verifier: person('verifier', 'VERIFICATION_OFFICER', commune),
  secondVerifier: person('verifier-2', 'VERIFICATION_OFFICER', commune),
  head: person('head', 'UNIT_HEAD', commune),
  proposer: person('proposer', 'C06_OFFICER', c06),
  director: person('director', 'C06_DIRECTOR', c06),
  callCentre: person('call-centre', 'CALL_CENTRE', c06),
};
export const officer = (n: number): Actor => person(`verifier-${n}`, 'VERIFICATION_OFFICER', commune);
export const c06Officer = (n: number): Actor => person(`c06-officer-${n}`, 'C06_OFFICER', c06);
export const registrant = (n: number): Actor => person(`registrant-${n}`, 'REGISTRANT', []);

/** The dossier of invented organisation `n`, complete and eligible, agreeing with its registry records. */
export function dossierOf(n: number): Dossier {
  const representative = { name: `Nguyễn Văn ${n}`, number: personOf(n), nationality: 'VN' };
  return {
    registrant: { ...representative, kind: 'LEGAL_REPRESENTATIVE', accountLevel: 2, mobile: '0000000000' },
    organisation: {
      nameVi: `Công ty TNHH Thử Nghiệm ${n}`,
      establishedOn: '2020-05-06',
      address: { text: `Số ${n} đường Thử Nghiệm`, commune: 'XA-TEST' },
      code: codeOf(n),
      taxCode: codeOf(n),
      representative,
      category: 'ENTERPRISE',
      facets: [],
      establishedInVietnam: true,
    },
    otherRepresentatives: [],
    undertaking: true,
    containsStateSecret: false,
  };
}

export const filingOf = (n: number) => ({
  channel: 'VNEID_APP' as const,
  registrantId: registrant(n).id,
  dossier: dossierOf(n),
  jurisdiction,
});

/** What a registry says of organisation `n`; without more, nothing changes. */
export const changeOf = (n: number, id: string, change: Partial<RegistryChange> = {}): RegistryChange => ({
  schema: 'registry-change/1',
  id,
  registry: 'BUSINESS',
  reference: `ref-${id}`,
  changedAt: '2026-01-01T00:00:00.000Z',
  revision: 0,
  subject: { code: codeOf(n) },
  values: {},
  ...change,
});

export type Fault = { readonly fault?: string; readonly faultMs?: number };

/** Writes the records of organisations 1 to `count` for a registry; organisations in `absent` are not found there. */
export function registryFile(
  folder: string,
  registry: Registry,
  count: number,
  absent: ReadonlySet<number> = new Set(),
  faults: ReadonlyMap<number, Fault> = new Map(),
): string {
  const records = Array.from({ length: count }, (_, i) => i + 1)
    .filter((n) => !absent.has(n))
    .map((n) => {
      const { organisation } = dossierOf(n);
      const key = {
        BUSINESS: { code: codeOf(n) },
        COOPERATIVE: { code: codeOf(n) },
        TAX: { taxCode: codeOf(n) },
        POPULATION: { personNumber: personOf(n) },
      }[registry];
      const values = {
        name_vi: organisation.nameVi,
        address: organisation.address.text,
        representative_name: organisation.representative?.name,
        representative_id: organisation.representative?.number,
        established_on: organisation.establishedOn,
        tax_code: organisation.taxCode,
        enterprise_code: organisation.code,
      };
      return { keys: key, status: 'ACTIVE', values, ...faults.get(n) };
    });
  const file = join(folder, `${registry.toLowerCase()}.json`);
  writeFileSync(file, JSON.stringify({ records }));
  return file;
}
