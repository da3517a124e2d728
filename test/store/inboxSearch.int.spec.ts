import { beforeAll, describe, expect, it } from 'vitest';
import { projections } from '../../domain/projections.ts';
import { opening } from '../../domain/testing/accounts.ts';
import { dossier } from '../../domain/testing/dossiers.ts';
import { jurisdiction, people } from '../../domain/testing/people.ts';
import type { Dossier } from '../../schemas/dossier.ts';
import type { SearchQuery } from '../../schemas/inbox.ts';
import type { UnitPlace } from '../../schemas/jurisdiction.ts';
import { createRecorder } from '../../store/record.ts';
import { refoldAll } from '../../store/refold.ts';
import { rebuildSearch } from '../../store/search/rebuild.ts';
import { type SearchScope, searchCases } from '../../store/search.ts';
import { collect, note, tamper, useStore } from './support.ts';

type Organisation = Partial<Dossier['organisation']>;

const everything: SearchScope = { all: true };
const place = (path: readonly string[]): UnitPlace => ({ unit: path[0] ?? '', name: 'x', path: [...path] });

describe('a search', () => {
  const store = useStore();
  const record = (...args: Parameters<typeof note>) =>
    createRecorder(store.pool(), projections).record(note(...args));

  async function file(
    id: string,
    organisation: Organisation,
    path = ['CAX-1', 'PC06-1', 'C06'],
    registrantId = 'r',
  ): Promise<void> {
    const units = { ...jurisdiction, reception: place(path), verification: place(path) };
    const data = {
      policyVersion: '2024.1',
      channel: 'VNEID_APP',
      registrantId,
      dossier: dossier({ organisation }),
      jurisdiction: units,
    };
    await record(`registration-${id}`, 0, { events: [{ type: 'DossierDrafted', data }] });
  }

  beforeAll(async () => {
    const codes = (code: string) => ({ code, taxCode: code });
    await file('hoa', { nameVi: 'Công ty Cổ phần Đầu tư Hòa Phát', nameAbbr: 'HPG', ...codes('0100000011') });
    await file('hoang', { nameVi: 'Công ty TNHH Hoàng Phát', nameAbbr: 'HP', ...codes('0100000022') });
    await file(
      'dai',
      { nameVi: 'Hợp tác xã Đại Đồng', nameAbbr: 'HDD', ...codes('0200000011') },
      ['CAX-2', 'PC06-1', 'C06'],
      'mine',
    );
    await file('dong', { nameVi: 'Đại Đồng'.normalize('NFD'), nameAbbr: 'DD', ...codes('0200000022') }, [
      'CAX-3',
      'PC06-2',
      'C06',
    ]);
    await file('phat', { nameVi: 'Phát Đạt', nameAbbr: 'PD', taxCode: '0300000011-001', code: '0300000011' });
    const opened = opening();
    await record('account-10000000001', 0, {
      events: [
        {
          type: 'AccountOpened',
          data: {
            ...opened,
            policyVersion: '2024.1',
            dueAt: '2026-03-10T10:00:00.000Z',
            organisationKeys: [],
          },
        },
      ],
    });
  });

  async function found(text: string, more: Partial<SearchQuery> = {}, scope = everything): Promise<string[]> {
    const hits: string[] = [];
    let after: string | undefined;
    do {
      const page = await searchCases(
        store.pool(),
        { text, limit: 2, ...more, ...(after === undefined ? {} : { after }) },
        scope,
      );
      hits.push(...page.hits.map(({ stream, rank }) => `${rank} ${stream.slice(stream.indexOf('-') + 1)}`));
      after = page.next;
    } while (after !== undefined);
    return hits;
  }

  it('finds a name with or without its marks, in either encoding, in capitals, by words in any order', async () => {
    for (const text of [
      'Hòa Phát',
      'hoà phát',
      'HOA PHAT',
      'Hòa Phát'.normalize('NFD'),
      'phat hoa dau',
      'hòa, phát',
    ]) {
      expect(await found(text)).toEqual(['WORDS hoa']);
    }
    for (const text of ['Đại Đồng', 'dai dong', 'ĐẠI ĐỒNG'.normalize('NFD'), 'Ðại Ðồng']) {
      expect(await found(text)).toEqual(['NAME dong', 'WORDS dai']);
    }
  });

  it('finds by an unfinished last word, the names that begin so first', async () => {
    expect(await found('phát')).toEqual(['NAME phat', 'WORDS hoa', 'WORDS hoang']);
    expect(await found('hoa ph')).toEqual(['WORDS hoa']);
    expect(await found('phat hoan')).toEqual(['WORDS hoang']);
    expect(await found('cong ty c')).toEqual(['NAME hoa']);
    expect(await found('hoan ph')).toEqual([]); // only the last word may be unfinished
  });

  it('finds by abbreviation and foreign name', async () => {
    expect(await found('HPG')).toEqual(['WORDS hoa']);
    expect((await found('Sao Mai Company Limited')).length).toBe(4 + 1);
  });

  it('finds by the beginning of a code or number, however it is punctuated, and by the name of the case', async () => {
    expect(await found('0100000011')).toEqual(['CODE hoa']);
    expect(await found('01000')).toEqual(['CODE hoa', 'CODE hoang']);
    expect(await found('0300000011')).toEqual(['CODE phat']);
    expect(await found('0300000011-001')).toEqual(['CODE phat']);
    expect(await found('0300 000 011 001')).toEqual(['CODE phat']);
    expect(await found('10000000001')).toEqual(['CODE 10000000001']);
    expect(await found('account-10000000001')).toEqual(['CODE 10000000001']);
    expect(await found('registration-hoa')).toEqual(['CODE hoa', 'CODE hoang']);
  });

  it('finds by name and code together', async () => {
    expect(await found('phat 0100000011')).toEqual(['WORDS hoa']);
    expect(await found('dat 0100000011')).toEqual([]);
  });

  it('narrows to types of cases', async () => {
    expect(await found('sao mai', { types: ['account'] })).toEqual(['WORDS 10000000001']);
    expect(await found('sao mai', { types: ['lock-order'] })).toEqual([]);
  });

  it('finds only what the scope allows, whichever way it is found', async () => {
    const of = (unit: string) => ({ unit });
    expect(await found('dai dong', {}, of('CAX-2'))).toEqual(['WORDS dai']);
    expect(await found('dai dong', {}, of('PC06-1'))).toEqual(['WORDS dai']);
    expect(await found('dai dong', {}, of('C06'))).toEqual(['NAME dong', 'WORDS dai']);
    expect(await found('dai dong', {}, of('CAX-1'))).toEqual([]);
    expect(await found('0200000011', {}, of('CAX-1'))).toEqual([]);
    expect(await found('0200000011', {}, of('CAX-2'))).toEqual(['CODE dai']);
    expect(await found('dai dong', {}, { person: 'mine' })).toEqual(['WORDS dai']);
    expect(await found('dai dong', {}, { unit: 'CAX-3', person: 'mine' })).toEqual([
      'NAME dong',
      'WORDS dai',
    ]);
    expect(await found('sao mai', {}, { person: people.registrant.id })).toEqual(['WORDS 10000000001']);
    expect(await found('dai dong', {}, {})).toEqual([]);
  });

  it('cannot be talked out of its scope by what is typed', async () => {
    for (const text of [
      "dai') | ('",
      '@CAX-2',
      '~mine',
      "x' | '#registration",
      'dai:* | dong',
      '\\',
      "'",
      '!x',
      '%',
      '_',
    ]) {
      expect(await found(text, {}, { unit: 'CAX-NONE' })).toEqual([]);
    }
    expect(await found('dai & dong')).toEqual(['NAME dong', 'WORDS dai']);
    expect(await found("'")).toEqual([]);
  });

  it('goes on page by page in one order, whatever the page size, while cases come in', async () => {
    for (let n = 0; n < 30; n += 1) {
      const code = `09${String(n).padStart(8, '0')}`;
      await file(`p${n}`, { nameVi: `${n % 3 === 0 ? '' : 'Công ty '}Trang Trại ${n}`, code, taxCode: code });
    }
    const all = await found('trang trai', { limit: 100 });
    expect(all).toHaveLength(30);
    expect(all.filter((hit) => hit.startsWith('NAME'))).toHaveLength(10);
    expect(all.toSorted((a, b) => (a.split(' ')[0] ?? '').localeCompare(b.split(' ')[0] ?? ''))).toEqual(all);
    for (const limit of [1, 3, 7, 29, 30]) expect(await found('trang trai', { limit })).toEqual(all);
    const { next = '' } = await searchCases(store.pool(), { text: 'trang trai', limit: 5 }, everything);
    await file('p99', { nameVi: 'Công ty Trang Trại 99', code: '0999999999', taxCode: '0999999999' });
    const rest = await found('trang trai', { limit: 100 });
    const { hits } = await searchCases(
      store.pool(),
      { text: 'trang trai', limit: 100, after: next },
      everything,
    );
    expect(hits.map(({ stream, rank }) => `${rank} ${stream.slice(13)}`)).toEqual(rest.slice(5));
    await expect(
      searchCases(store.pool(), { text: 'trang tra', limit: 5, after: next }, everything),
    ).rejects.toMatchObject({ code: 'EID_ERR_SHAPE' });
  });

  it('finds a new name after the event that changed it, and no longer the old', async () => {
    await file('moved', { nameVi: 'Tên Cũ', code: '0888888888', taxCode: '0888888888' });
    expect(await found('ten cu')).toEqual(['NAME moved']);
    const data = {
      dossier: dossier({ organisation: { nameVi: 'Tên Mới', code: '0777777777', taxCode: '0777777777' } }),
      jurisdiction,
    };
    await record('registration-moved', 1, { events: [{ type: 'DraftRevised', data }] });
    expect(await found('ten cu')).toEqual([]);
    expect(await found('0888888888')).toEqual([]);
    expect(await found('ten moi')).toEqual(['NAME moved']);
    expect(await found('0777777777')).toEqual(['CODE moved']);
  });

  it('shows what a list needs', async () => {
    const { hits } = await searchCases(store.pool(), { text: '0100000011', limit: 5 }, everything);
    expect(hits).toEqual([
      {
        stream: 'registration-hoa',
        caseType: 'registration',
        caseVersion: 1,
        status: 'DRAFT',
        title: 'Công ty Cổ phần Đầu tư Hòa Phát',
        unit: 'CAX-1',
        closed: false,
        rank: 'CODE',
      },
    ]);
  });

  it('is the fold of the log, and can be made anew from the states', async () => {
    const differences = () => collect(refoldAll(store.pool(), projections));
    expect(await differences()).toEqual([]);
    await tamper(store.url(), 'truncate orgeid.case_terms, orgeid.case_codes');
    expect((await differences()).length).toBeGreaterThan(30);
    expect(await rebuildSearch(store.pool(), projections)).toBeGreaterThan(30);
    expect(await differences()).toEqual([]);
  });
});
