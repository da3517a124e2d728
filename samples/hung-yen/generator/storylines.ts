import { representativeIdOf } from '../../../demo/columns.ts';
import type { Path } from '../../../demo/paths.ts';
import { type Category, change, type Draft, draftOf, failing, holds, personNumberOf } from './draft.ts';
import { PC06, placesWithoutSection } from './places.ts';
import { personName } from './words.ts';

/** How often the demo's policy asks a registry before it calls it silent. */
export const ATTEMPTS = 2;

type Storyline = { readonly path: Path; readonly count: number; make(n: number, i: number): Draft };

const mixed = (i: number): Category =>
  i % 6 === 5 ? 'COOPERATIVE' : i % 7 === 4 ? 'TAXCODE_ORG' : 'ENTERPRISE';
const company = (n: number): Draft => draftOf(n, 'ENTERPRISE');

const altered = (n: number, alter: (draft: Draft, i: number) => void, i = 0): Draft => {
  const draft = company(n);
  alter(draft, i);
  return draft;
};

/** Registries write the same in other ways: capitals, long legal forms, abbreviated addresses, decomposed accents. */
function writtenOtherwise(draft: Draft, i: number): Draft {
  const { name_vi, address } = draft.row;
  const long = name_vi
    .replace('Công ty TNHH', 'Công ty trách nhiệm hữu hạn')
    .replace('MTV', 'một thành viên')
    .replace('Hợp tác xã', 'HTX');
  const short = address
    .replace('thị trấn ', 'TT. ')
    .replace('phường ', 'P. ')
    .replace('huyện ', 'H. ')
    .replace('thành phố ', 'TP. ')
    .replace(', tỉnh Hưng Yên', ', T. Hưng Yên');
  if (i % 3 === 1) holds(draft, 'TAX', { name_vi: long.toUpperCase(), address: short });
  if (i % 3 === 2) holds(draft, 'TAX', { name_vi: name_vi.normalize('NFD') });
  return draft;
}

/** Nothing in the business register yet: the commune police verifies. */
const unregistered = (n: number): Draft => {
  const draft = company(n);
  delete draft.records.BUSINESS;
  return draft;
};

const foreigner = (draft: Draft, n: number): void => {
  draft.row.representative_name = ['KIM MINSEO', 'SATO HARUKI', 'LI WEIMING'][n % 3] ?? '';
  draft.row.representative_number = `P0000${String(n).padStart(4, '0')}`;
  draft.row.representative_nationality = ['KR', 'JP', 'CN'][n % 3] ?? '';
  const { representative_name } = draft.row;
  holds(draft, 'BUSINESS', { representative_name });
  holds(draft, 'TAX', { representative_name });
  delete draft.records.POPULATION;
};

const withRepresentatives = (draft: Draft, count: number): void => {
  draft.row.other_representatives = Array.from({ length: count }, (_, i) => {
    const number = 700 + draft.n * 3 + i;
    return `${representativeIdOf(draft.row.id, i + 1)}|${personName(number)}|${personNumberOf(number)}|VN`;
  }).join(';');
};

const silent = (draft: Draft, times?: number): void =>
  change(draft, draft.n % 2 === 0 ? 'TAX' : 'BUSINESS', {
    fault: 'SILENT',
    ...(times === undefined ? {} : { faultTimes: times }),
  });

const line = (path: Path, count: number, make: Storyline['make']): Storyline => ({ path, count, make });

/** Every storyline with how many organisations play it; most are plain, as in life. */
export const storylines: readonly Storyline[] = [
  line('direct match', 32, (n, i) => writtenOtherwise(draftOf(n, mixed(i)), i)),
  line('local pass', 15, (n, i) => (i % 2 === 0 ? draftOf(n, 'OTHER_ORG') : unregistered(n))),
  line('filed in person', 4, (n, i) => {
    const draft = draftOf(n, i % 2 === 0 ? 'TAXCODE_ORG' : 'COOPERATIVE');
    draft.row.channel = 'IN_PERSON_TK02';
    return draft;
  }),
  line('local fail', 3, (n) => unregistered(n)),
  line('parent unit verifies', 3, (n, i) => {
    return draftOf(n, 'OTHER_ORG', placesWithoutSection[i % placesWithoutSection.length]);
  }),
  line('mismatch mended', 3, (n) =>
    altered(n, (draft) => {
      draft.row.supplement = `established_on=${draft.row.established_on}`;
      draft.row.established_on = '2001-01-01';
    }),
  ),
  line('mismatch refused', 2, (n) =>
    altered(n, (draft) => {
      const representative_name = personName(n + 500);
      holds(draft, 'BUSINESS', { representative_name });
      holds(draft, 'TAX', { representative_name });
    }),
  ),
  line('doubt taken as match', 3, (n) =>
    altered(n, (draft) => {
      const { name_vi } = draft.row;
      holds(draft, 'TAX', { name_vi: `${name_vi.slice(0, -1)}` });
    }),
  ),
  line('foreign representative', 3, (n) =>
    altered(n, (draft) => {
      foreigner(draft, n);
      draft.row.registrant_name = draft.row.representative_name;
      draft.row.registrant_number = draft.row.representative_number;
      draft.row.registrant_nationality = draft.row.representative_nationality;
      draft.row.account_level = '0';
      draft.row.channel = 'IN_PERSON_TK02';
    }),
  ),
  line('foreign representative, authorised person', 2, (n) =>
    altered(n, (draft) => {
      foreigner(draft, n);
      draft.row.registrant_kind = 'AUTHORISED_PERSON';
      draft.row.authorisation = `Giấy ủy quyền số ${n}/2025/GUQ ngày 03/4/2025`;
    }),
  ),
  line('two representatives consent', 3, (n) => altered(n, (draft) => withRepresentatives(draft, 2))),
  line('consent refused', 2, (n) => altered(n, (draft) => withRepresentatives(draft, 1))),
  line('consent withdrawn', 2, (n) => altered(n, (draft) => withRepresentatives(draft, 2))),
  line('dissolved', 2, (n) =>
    altered(n, (draft) => change(draft, 'BUSINESS', { status: 'DISSOLVED', statusSince: '2025-01-15' })),
  ),
  line('ceased', 2, (n) =>
    altered(n, (draft) => change(draft, 'TAX', { status: 'CEASED', statusSince: '2024-11-30' })),
  ),
  line('silent registry overridden', 2, (n) => altered(n, (draft) => silent(draft))),
  line('silent registry answers on retry', 2, (n) => altered(n, (draft) => silent(draft, ATTEMPTS))),
  line('withdrawn', 2, (n) => company(n)),
  line('state secret', 2, (n) => {
    const draft = draftOf(n, 'TAXCODE_ORG');
    Object.assign(draft.row, {
      name_vi: `Trung tâm Lưu trữ ${draft.row.name_vi.split(' ').slice(-2).join(' ')}`,
    });
    Object.assign(draft.row, { facets: 'STATE_AGENCY', state_secret: 'true', reception: PC06 });
    holds(draft, 'TAX', { name_vi: draft.row.name_vi });
    return draft;
  }),
  line('armed forces', 2, (n) => {
    const draft = draftOf(n, 'OTHER_ORG');
    Object.assign(draft.row, {
      name_vi: `Ban Chỉ huy Quân sự ${draft.row.name_vi.split(' ').slice(-2).join(' ')}`,
      facets: 'ARMED_FORCES',
      channel: 'IN_PERSON_TK02',
    });
    return draft;
  }),
  line('incomplete', 3, (n) =>
    altered(n, (draft) => {
      draft.row.supplement = `established_on=${draft.row.established_on}`;
      draft.row.established_on = '';
    }),
  ),
  line('sent back by the head', 2, (n) => draftOf(n, 'OTHER_ORG')),
  line('sent back by the director', 2, (n) => company(n)),
  line('delegated', 2, (n) => draftOf(n, 'OTHER_ORG')),
  line('reassigned', 2, (n) => draftOf(n, 'OTHER_ORG')),
  line('limit passed, then decided', 1, (n) => company(n)),
  line('activation overdue, then call centre', 3, (n) => company(n)),
  line('activation overdue', 2, (n) => company(n)),
  line('notice by the second channel', 2, (n) => altered(n, (draft) => failing(draft, 'vneid'))),
  line('notice handed over by a person', 2, (n) =>
    altered(n, (draft) => failing(draft, 'vneid', 'mobile', 'email')),
  ),
];

/** All organisations in the order of the file: storylines mixed, second requests for an organisation at the end. */
export function drafts(): Draft[] {
  const entries = storylines.flatMap(({ path, count, make }) =>
    Array.from({ length: count }, (_, i) => ({ path, make, i })),
  );
  const stride = 37; // shares no factor with the number of entries, so that every entry comes once
  const mixedEntries = entries.map((_, k) => entries[(k * stride) % entries.length]);
  const made = mixedEntries.flatMap((entry, k) => {
    if (!entry) return [];
    const draft = entry.make(k + 1, entry.i);
    draft.row.path = entry.path;
    return [draft];
  });
  return [...made, ...duplicates(made)];
}

function duplicates(made: readonly Draft[]): Draft[] {
  return made
    .filter((draft) => draft.row.path === 'direct match' && draft.row.category === 'ENTERPRISE')
    .slice(0, 2)
    .map((original, i) => {
      const n = made.length + 1 + i;
      const id = `HY-${String(n).padStart(3, '0')}`;
      return { n, row: { ...original.row, id, path: 'duplicate' }, records: {}, rules: [] };
    });
}
