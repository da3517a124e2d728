import { describe, expect, it } from 'vitest';
import { commandTypes } from '../../schemas/access.ts';
import type { Actor } from '../../schemas/actor.ts';
import { granted } from '../access/permission.ts';
import { access, anybody, samplesOf } from '../access/samples.spec.ts';
import { people } from '../testing/people.ts';
import { decree } from '../testing/policy.spec.ts';
import { choices } from '../testing/random.ts';
import { requests } from '../testing/requests.ts';
import { groundOf, groundOfList } from './ground.ts';

const { state } = requests(decree).local();
const ground = (actor: Actor, grant: string) => groundOf(actor, 'registration', state, grant, access);

describe('the ground of an access', () => {
  it('is the row of the table and the relation through which it was allowed', () => {
    expect(ground(people.verifier, 'RecordFindings')).toEqual({
      table: access.table.version,
      rows: ['request-at-verification'],
      relations: ['UNIT'],
    });
    expect(ground(people.registrant, 'READ')).toMatchObject({
      rows: ['request-of-the-registrant'],
      relations: ['REGISTRANT'],
    });
  });

  it('names every row that allows it', () => {
    expect(ground(people.verifyingHead, 'READ').rows).toEqual([
      'request-at-verification',
      'request-of-the-head-of-the-unit',
    ]);
  });

  it('of what was refused has no row, and tells how the caller stands to the case', () => {
    expect(ground(people.stranger, 'READ')).toMatchObject({ rows: [], relations: ['NONE'] });
    expect(ground(people.desk, 'DecideRequest')).toMatchObject({ rows: [], relations: ['UNIT'] });
  });

  it('has a row exactly where the table allows it, for random people and cases', () => {
    let allowed = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const c = choices(seed);
      for (const sample of samplesOf(seed)) {
        const actor = anybody(c);
        const may = granted(actor, sample.caseType, sample.state, access);
        for (const grant of ['READ', ...commandTypes[sample.caseType]]) {
          const { rows } = groundOf(actor, sample.caseType, sample.state, grant, access);
          if (may.has(grant)) allowed += 1;
          expect(rows.length > 0).toBe(may.has(grant));
        }
      }
    }
    expect(allowed).toBeGreaterThan(200);
  });

  it('of a list is what lets the caller read cases of these types so', () => {
    expect(groundOfList(people.head, ['registration', 'lock-order'], ['SUPERIOR'], access)).toEqual({
      table: access.table.version,
      rows: ['request-below-a-head', 'order-below-a-head'],
      relations: ['SUPERIOR'],
    });
    expect(groundOfList(people.stranger, ['registration'], ['UNIT'], access).rows).toEqual([]);
  });
});
