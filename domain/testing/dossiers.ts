import type { Dossier } from '../../schemas/dossier.ts';
import { people } from './people.ts';

type Organisation = Dossier['organisation'];
type Changes = {
  readonly organisation?: { readonly [K in keyof Organisation]?: Organisation[K] | undefined };
  readonly registrant?: {
    readonly [K in keyof Dossier['registrant']]?: Dossier['registrant'][K] | undefined;
  };
} & Partial<Pick<Dossier, 'otherRepresentatives' | 'undertaking' | 'containsStateSecret'>>;

const lan = { name: people.registrant.name, number: '033190000001', nationality: 'VN' };

const enterprise: Dossier = {
  registrant: {
    ...lan,
    kind: 'LEGAL_REPRESENTATIVE',
    accountLevel: 2,
    mobile: '0900000001',
    email: 'lan@example.vn',
  },
  organisation: {
    nameVi: 'Công ty TNHH Sao Mai',
    nameAbbr: 'SAMACO',
    nameEn: 'Sao Mai Company Limited',
    establishedOn: '2019-05-06',
    address: { text: 'Số 12 đường Nguyễn Văn Linh, xã Lâm Sơn, tỉnh Hưng Yên', commune: 'XA-LAM-SON' },
    code: '0900000011',
    taxCode: '0900000011',
    representative: lan,
    category: 'ENTERPRISE',
    facets: [],
    establishedInVietnam: true,
  },
  otherRepresentatives: [],
  undertaking: true,
  containsStateSecret: false,
};

/** Leaves out what is `undefined`, so that a test can take a field away. */
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;

/** A complete and eligible dossier of an invented enterprise, with some of it changed; `undefined` takes a field away. */
export const dossier = ({ organisation, registrant, ...rest }: Changes = {}): Dossier => ({
  ...enterprise,
  ...rest,
  organisation: defined({ ...enterprise.organisation, ...organisation } as Organisation),
  registrant: defined({ ...enterprise.registrant, ...registrant } as Dossier['registrant']),
});

const representative = (who: typeof people.binh, number: string) => ({
  id: who.id,
  name: who.name,
  number,
  nationality: 'VN',
});

export const binh = representative(people.binh, '033190000002');
export const chi = representative(people.chi, '033190000003');

/** A dossier for which Bình and Chi, the other legal representatives, must agree. */
export const jointDossier = (changes: Changes = {}): Dossier =>
  dossier({ otherRepresentatives: [binh, chi], ...changes });
