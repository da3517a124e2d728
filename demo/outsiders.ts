import { writeFileSync } from 'node:fs';
import { authorities } from './accounts/authorities.ts';
import type { Entry } from './read-organisations.ts';

type Outsider = { readonly id: string; readonly name: string; readonly roles: readonly string[] };

/** Everybody outside the offices who acts in the demo: registrants, other representatives, authorities. */
export function outsiders(entries: readonly Entry[]): Outsider[] {
  const all = [
    ...entries.flatMap(({ registrantId, dossier, mended }): Outsider[] => [
      { id: registrantId, name: dossier.registrant.name, roles: ['REGISTRANT'] },
      ...[...dossier.otherRepresentatives, ...(mended?.otherRepresentatives ?? [])].map(({ id, name }) => ({
        id,
        name,
        roles: ['REPRESENTATIVE'],
      })),
    ]),
    ...Object.values(authorities).map(({ contact }) => ({ ...contact, roles: ['AUTHORITY'] })),
  ];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** Writes them down for the identity provider, which lets them sign in. */
export const introduce = (file: string, entries: readonly Entry[]): void =>
  writeFileSync(file, JSON.stringify({ people: outsiders(entries) }));
