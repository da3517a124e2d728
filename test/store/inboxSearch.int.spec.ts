import { beforeAll, describe, expect, it } from 'vitest';
import { mayRead } from '../../domain/access/permission.ts';
import type { Reach } from '../../domain/access/reach.ts';
import { access, anybody, samplesOf } from '../../domain/access/samples.spec.ts';
import { projections } from '../../domain/projections.ts';
import { marksOf, type SearchScope, scopeOf } from '../../domain/search/scope.ts';
import { searchTerms } from '../../domain/search/terms.ts';
import { opening } from '../../domain/testing/accounts.ts';
import { dossier } from '../../domain/testing/dossiers.ts';
import { jurisdiction, people } from '../../domain/testing/people.ts';
import { choices } from '../../domain/testing/random.ts';
import type { Dossier } from '../../schemas/dossier.ts';
import type { SearchQuery } from '../../schemas/inbox.ts';
import type { UnitPlace } from '../../schemas/jurisdiction.ts';
import { rebuildReadModels } from '../../store/rebuild/rebuild.ts';
import { createRecorder } from '../../store/record.ts';
import { refoldAll } from '../../store/refold.ts';
import { askOf } from '../../store/search/ask.ts';
import { searchCases } from '../../store/search.ts';
import { collect, note, tamper, useStore } from './support.ts';

type Organisation = Partial<Dossier['organisation']>;

/** The same reach in every type. */
const everywhere = (reach: Reach): SearchScope => ({
  registration: reach,
  account: reach,
  'lock-order': reach,
  verification: reach,
});
const everything = everywhere('ALL');
const nothing = everywhere({});
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
    const own = (unit: string) => everywhere({ unit });
    const below = (unit: string) => everywhere({ below: unit });
    expect(await found('dai dong', {}, own('CAX-2'))).toEqual(['WORDS dai']);
    expect(await found('dai dong', {}, own('PC06-1'))).toEqual([]);
    expect(await found('dai dong', {}, below('PC06-1'))).toEqual(['WORDS dai']);
    expect(await found('dai dong', {}, below('CAX-2'))).toEqual([]);
    expect(await found('dai dong', {}, own('C06'))).toEqual([]);
    expect(await found('dai dong', {}, below('C06'))).toEqual(['NAME dong', 'WORDS dai']);
    expect(await found('dai dong', {}, own('CAX-1'))).toEqual([]);
    expect(await found('0200000011', {}, own('CAX-1'))).toEqual([]);
    expect(await found('0200000011', {}, own('CAX-2'))).toEqual(['CODE dai']);
    expect(await found('dai dong', {}, everywhere({ person: 'mine' }))).toEqual(['WORDS dai']);
    expect(await found('dai dong', {}, everywhere({ unit: 'CAX-3', person: 'mine' }))).toEqual([
      'NAME dong',
      'WORDS dai',
    ]);
    const registrant = everywhere({ person: people.registrant.id });
    expect(await found('sao mai', {}, registrant)).toEqual(['WORDS 10000000001']);
    expect(await found('dai dong', {}, nothing)).toEqual([]);
  });

  it('keeps the reach of one type from the cases of another', async () => {
    const person = { person: people.registrant.id };
    expect(await found('sao mai')).toHaveLength(5 + 1);
    expect(await found('sao mai', {}, { ...nothing, account: 'ALL' })).toEqual(['WORDS 10000000001']);
    expect(await found('sao mai', {}, { ...nothing, account: person })).toEqual(['WORDS 10000000001']);
    expect(await found('sao mai', {}, { ...nothing, registration: person })).toEqual([]);
    expect(await found('sao mai', {}, { ...nothing, registration: 'ALL' })).toHaveLength(5);
    expect(await found('0200000011', {}, { ...everything, registration: person })).toEqual([]);
    const mixed: SearchScope = { ...nothing, registration: { unit: 'CAX-2' }, account: 'ALL' };
    expect(await found('sao mai', {}, mixed)).toHaveLength(2);
    expect(await found('sao mai', { types: ['account'] }, mixed)).toEqual(['WORDS 10000000001']);
    expect(await found('sao mai', { types: ['registration'] }, mixed)).toEqual(['WORDS dai']);
    expect(await found('sao mai', { types: ['lock-order'] }, mixed)).toEqual([]);
  });

  it('asks the index for just the cases that anybody may read, but what is only in their inbox', async () => {
    const asked: { who: string; terms: string[]; scope: string; marked: boolean; reads: boolean }[] = [];
    for (let seed = 1; seed <= 25; seed += 1) {
      const c = choices(seed);
      for (const { caseType, state } of samplesOf(seed)) {
        if (state.status === 'NONE') continue;
        const actor = anybody(c);
        const scope = scopeOf(actor, access);
        const ask = askOf({ text: 'x', limit: 1 }, scope);
        if (!ask?.scope) continue;
        const view = projections[caseType].view(state);
        const terms = [...searchTerms(caseType, state.stream, state, view).terms];
        const reach = scope[caseType];
        asked.push({
          who: `${actor.id} ${actor.roles.join('+')} ${actor.unit ?? ''} ${caseType} ${ask.scope}`,
          terms,
          scope: ask.scope,
          marked: reach === 'ALL' || marksOf(reach).some((mark) => terms.includes(mark)),
          reads: mayRead(actor, caseType, state, access),
        });
      }
    }
    const { rows } = await store.pool().query<{ found: boolean }>(
      `select array_to_tsvector(array(select jsonb_array_elements_text(r -> 'terms'))) @@ (r ->> 'scope')::tsquery as found
       from jsonb_array_elements($1) with ordinality as e (r, n) order by n`,
      [JSON.stringify(asked)],
    );
    expect(rows).toHaveLength(asked.length);
    const wrong = asked.filter(({ marked, reads }, i) => {
      const found = rows[i]?.found;
      return found !== marked || (found && !reads);
    });
    expect(wrong.map(({ who }) => who)).toEqual([]);
    expect(rows.filter(({ found }) => found).length).toBeGreaterThan(50);
    expect(rows.filter(({ found }) => !found).length).toBeGreaterThan(50);
  });

  it('cannot be talked out of its scope by what is typed', async () => {
    for (const text of [
      "dai') | ('",
      '=CAX-2',
      '^PC06-1',
      '~mine',
      "x' | '#registration",
      'dai:* | dong',
      '\\',
      "'",
      '!x',
      '%',
      '_',
    ]) {
      expect(await found(text, {}, everywhere({ unit: 'CAX-NONE' }))).toEqual([]);
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

  it('is the fold of the log, and can be made anew from it', async () => {
    const differences = () => collect(refoldAll(store.pool(), projections));
    expect(await differences()).toEqual([]);
    await tamper(store.url(), 'truncate orgeid.case_terms, orgeid.case_codes');
    expect((await differences()).length).toBeGreaterThan(30);
    await rebuildReadModels(store.pool(), projections);
    expect(await differences()).toEqual([]);
  });

  it('is narrower, never wider, over terms that an older program made, until they are made anew', async () => {
    await tamper(
      store.url(),
      `update orgeid.case_terms set terms = array_to_tsvector(array(
         select case when left(t, 1) in ('=', '^') then '@' || substr(t, 2) else t end
         from unnest(tsvector_to_array(terms)) t))`,
    );
    const head = everywhere({ unit: 'PC06-1', below: 'PC06-1' });
    const stale = await collect(refoldAll(store.pool(), projections));
    expect(new Set(stale.map(({ what, key }) => `${what} ${key}`))).toEqual(new Set(['SEARCH terms']));
    expect(stale.length).toBeGreaterThan(30);
    for (const reach of ['PC06-1', 'CAX-2', 'C06'])
      expect(await found('dai dong', {}, everywhere({ unit: reach, below: reach }))).toEqual([]);
    expect(await found('dai dong', {}, everywhere({ person: 'mine' }))).toEqual(['WORDS dai']);
    await rebuildReadModels(store.pool(), projections);
    expect(await found('dai dong', {}, head)).toEqual(['WORDS dai']);
    expect(await collect(refoldAll(store.pool(), projections))).toEqual([]);
  });
});
