import { describe, expect, it } from 'vitest';
import {
  findOfficer,
  forgetOfficer,
  type Officer,
  officersOf,
  putOfficers,
  rememberOfficer,
} from '../../store/officers.ts';
import { officersThen } from '../../store/officersThen.ts';
import { logClock } from '../../store/positionAt.ts';
import { useStore } from './support.ts';

const store = useStore();
const db = () => store.pool();
const TEN_MINUTES = 600_000;
const officer = (id: string, more: Partial<Officer> = {}): Officer => ({
  id,
  name: `Cán bộ ${id}`,
  roles: ['RECEPTION_OFFICER'],
  unit: 'CAX-A',
  ...more,
});
const unitOf = async (id: string) => (await findOfficer(db(), id))?.unit;

describe('the people of the offices', () => {
  it('are those of the file, which is what it says each time it is read', async () => {
    await putOfficers(db(), [officer('a'), officer('b')]);
    await putOfficers(db(), [officer('b', { unit: 'CAX-B' }), officer('c')]);
    expect(await Promise.all(['a', 'b', 'c'].map(unitOf))).toEqual([undefined, 'CAX-B', 'CAX-A']);
    expect(await findOfficer(db(), 'b')).toEqual(officer('b', { unit: 'CAX-B' }));
  });

  it('are as their token says once they signed in, whatever the file says', async () => {
    await putOfficers(db(), [officer('d')]);
    await rememberOfficer(db(), officer('d', { unit: 'CAX-B', roles: ['UNIT_HEAD'] }), TEN_MINUTES);
    await putOfficers(db(), [officer('d')]);
    await putOfficers(db(), []);
    expect(await findOfficer(db(), 'd')).toEqual(officer('d', { unit: 'CAX-B', roles: ['UNIT_HEAD'] }));
  });

  it('are written once in ten minutes by all processes together', async () => {
    await rememberOfficer(db(), officer('e'), TEN_MINUTES);
    await rememberOfficer(db(), officer('e', { unit: 'CAX-B' }), TEN_MINUTES);
    expect(await unitOf('e')).toBe('CAX-A');
    await db().query(`update orgeid.officers set seen_at = seen_at - interval '10 minutes' where id = 'e'`);
    await rememberOfficer(db(), officer('e', { unit: 'CAX-B' }), TEN_MINUTES);
    expect(await unitOf('e')).toBe('CAX-B');
    await forgetOfficer(db(), 'e');
    expect(await unitOf('e')).toBeUndefined();
  });

  it('of a unit are listed by name, of a role where one is asked for, and each once over all pages', async () => {
    const many = Array.from({ length: 25 }, (_, i) =>
      officer(`p${i}`, {
        unit: 'CAX-C',
        name: `Người ${i % 4}`,
        roles: i % 5 === 0 ? ['UNIT_HEAD', 'RECEPTION_OFFICER'] : ['VERIFICATION_OFFICER'],
      }),
    );
    await putOfficers(db(), [...many, officer('other')]);
    const found: Officer[] = [];
    for (let after: string | undefined; ; ) {
      const page = await officersOf(db(), { unit: 'CAX-C', limit: 7, after });
      found.push(...page.items);
      if (page.next === undefined) break;
      after = page.next;
    }
    const key = ({ name, id }: Officer) => `${name} ${id}`;
    expect(found.map(key)).toEqual(many.map(key).sort());
    const heads = await officersOf(db(), { unit: 'CAX-C', role: 'UNIT_HEAD', limit: 100 });
    expect(heads.items.map(({ id }) => id).sort()).toEqual(['p0', 'p10', 'p15', 'p20', 'p5']);
    const { next } = await officersOf(db(), { unit: 'CAX-C', limit: 1 });
    await expect(officersOf(db(), { unit: 'CAX-A', limit: 1, after: next })).rejects.toMatchObject({
      code: 'EID_ERR_SHAPE',
    });
  });

  it('stand as they stood at a moment, whatever became of them; whom nobody knew then is marked', async () => {
    const moments: string[] = [];
    const moment = async () => moments.push(await logClock(db()));
    await moment();
    await putOfficers(db(), [officer('h1', { unit: 'CAX-H' }), officer('h2', { unit: 'CAX-H' })]);
    await moment();
    await rememberOfficer(db(), officer('h1', { unit: 'CAX-H', roles: ['UNIT_HEAD'] }), TEN_MINUTES);
    await moment();
    await db().query(`update orgeid.officers set seen_at = seen_at - interval '1 day' where id = 'h1'`);
    await rememberOfficer(db(), officer('h1', { unit: 'CAX-I' }), TEN_MINUTES);
    await forgetOfficer(db(), 'h2');
    await moment();
    const stood = async (unit: string) =>
      Promise.all(
        moments.map(async (instant) =>
          (await officersThen(db(), [unit], instant, 10)).map(
            ({ id, roles, later }) => `${id} ${roles.join()}${later ? ' later' : ''}`,
          ),
        ),
      );
    expect(await stood('CAX-H')).toEqual([
      ['h1 RECEPTION_OFFICER later', 'h2 RECEPTION_OFFICER later'],
      ['h1 RECEPTION_OFFICER', 'h2 RECEPTION_OFFICER'],
      ['h1 UNIT_HEAD', 'h2 RECEPTION_OFFICER'],
      [],
    ]);
    expect(await stood('CAX-I')).toEqual([[], [], [], ['h1 RECEPTION_OFFICER']]);
    expect(await officersThen(db(), ['CAX-H'], moments[1] ?? '', 1)).toHaveLength(1);
    // A sign-in that says nothing new is no line of the history.
    const { rows } = await db().query(
      `select roles, unit, listed from orgeid.officer_history where id = 'h1' order by seq`,
    );
    expect(rows).toHaveLength(3);
  });
});
