import { describe, expect, it } from 'vitest';
import { initialAccount } from '../account/state.ts';
import { viewAccount } from '../account/view.ts';
import { initialRegistration } from '../registration/state.ts';
import { viewRegistration } from '../registration/view.ts';
import { ACCOUNT, opening } from '../testing/accounts.ts';
import { dossier, jointDossier } from '../testing/dossiers.ts';
import { jurisdiction, people } from '../testing/people.ts';
import { searchCode, searchWords } from './normal.ts';
import { searchTerms } from './terms.ts';

describe('the words of a text', () => {
  it('are the same however it is written: with or without marks, composed or not, in capitals', () => {
    const name = 'Công ty Cổ phần Đầu tư Hòa Phát';
    const words = ['cong', 'ty', 'co', 'phan', 'dau', 'tu', 'hoa', 'phat'];
    for (const text of [name, name.normalize('NFD'), name.toUpperCase(), name.replace('Hòa', 'Hoà')]) {
      expect(searchWords(text)).toEqual(words);
    }
    expect(searchWords('Cong ty CO PHAN  dau-tu  (Hoa Phat)')).toEqual(words);
  });

  it('take the Eth and the African D for Đ, and full-width digits for digits', () => {
    expect(searchWords('Ðại ðồng Ɖông')).toEqual(['dai', 'dong', 'dong']);
    expect(searchWords('０９00')).toEqual(['0900']);
  });

  it('hold nothing but letters and digits, and none is longer than an index takes', () => {
    expect(searchWords(`@x ~y #z 'a' \\b & !c | d:*`)).toEqual(['x', 'y', 'z', 'a', 'b', 'c', 'd']);
    expect(searchWords('x'.repeat(5000))[0]).toHaveLength(60);
    expect(searchWords(' … ')).toEqual([]);
  });

  it('make one code without punctuation', () => {
    expect(searchCode('0900000011-001')).toBe('0900000011001');
    expect(searchCode('G01.23.ABC')).toBe('g0123abc');
  });
});

describe('the search terms', () => {
  const request = (of = dossier()) => {
    const state = {
      ...initialRegistration('registration-a1'),
      dossier: of,
      jurisdiction,
      registrantId: people.registrant.id,
    };
    return searchTerms('registration', state.stream, state, viewRegistration(state));
  };

  it('of a request are its names, its codes, its units apart from those above them, and its people', () => {
    const { name, codes, terms } = request(jointDossier());
    expect(name).toBe('cong ty tnhh sao mai');
    expect(codes).toEqual(['0900000011', 'a1', 'registrationa1']);
    for (const term of ['sao', 'samaco', 'limited', '0900000011', '#registration']) {
      expect(terms).toContain(term);
    }
    expect(terms.filter((term) => term.startsWith('='))).toEqual(['=CAX-LAM-SON']);
    expect(terms.filter((term) => term.startsWith('^'))).toEqual(['^C06', '^PC06-HUNG-YEN']);
    expect(terms.filter((term) => term.startsWith('~'))).toEqual(['~vn-binh', '~vn-chi', '~vn-lan']);
  });

  it('mark whoever was asked to agree, as long as the case may be read for it', () => {
    const consents = [{ representative: 'vn-was-named', name: 'Người Cũ', status: 'REFUSED' as const }];
    const state = { ...initialRegistration('registration-a1'), dossier: dossier(), consents };
    expect(searchTerms('registration', state.stream, state, viewRegistration(state)).terms).toContain(
      '~vn-was-named',
    );
  });

  it('hold no personal number and no name of a person', () => {
    const { codes, terms } = request();
    expect(JSON.stringify([codes, terms])).not.toMatch(/033190000001|"lan"|"nguyen"|"thi"/);
  });

  it('of an account are found by its number and by its request', () => {
    const state = { ...initialAccount(ACCOUNT), ...opening() };
    const { codes, terms } = searchTerms('account', ACCOUNT, state, viewAccount(state));
    expect(codes).toEqual(['0900000011', '10000000001', 'account10000000001', 'registration1']);
    expect(terms).toContain('~vn-lan');
  });

  it('of a lock order are found by the organisation, the number and the document that it names', () => {
    const state = {
      stream: 'lock-order-7',
      form: {
        action: 'LOCK',
        organisation: 'Hợp tác xã Đồng Tâm',
        number: '10000000009',
        document: { number: '15/QĐ-VKS', date: '2025-03-10' },
      },
    };
    const view = {
      status: 'RECEIVED',
      title: 'x',
      closed: false,
      overdue: false,
      waits: [],
      tasks: [],
      claims: [],
    };
    expect(searchTerms('lock-order', 'lock-order-7', state, view)).toMatchObject({
      name: 'hop tac xa dong tam',
      codes: ['10000000009', '15qdvks', '7', 'lockorder7'],
    });
  });
});
