import { describe, expect, it } from 'vitest';
import { DomainError } from '../../domain/error.ts';
import type { Actor } from '../../schemas/actor.ts';
import type { Filing } from '../../schemas/http/command.ts';
import type { RegistrationCommand } from '../../schemas/registration.ts';
import { catalogue } from '../../test/support/edge.ts';
import { dossierOf, officers, registrant } from '../../test/support/requests.ts';
import { translate } from './translate.ts';

const edge = {
  units: () => ({ catalogue, on: '2025-04-01' }),
  colleagues: {
    async find(id: string) {
      throw new DomainError('EID_ERR_COLLEAGUE_UNKNOWN', { id });
    },
  },
};
type Filed = Extract<RegistrationCommand, { type: 'FileRequest' }>['data'];
const file = async (actor: Actor, filing: Filing) =>
  (await translate(edge, actor, 'FileRequest', filing, {})) as Filed;
const online: Filing = { channel: 'VNEID_APP', dossier: dossierOf(1) };
const atDesk: Filing = { channel: 'IN_PERSON_TK02', registrantId: 'somebody', dossier: dossierOf(1) };
const refusal = (work: Promise<unknown>) => work.catch((error: DomainError) => error.code);

describe('a request on VNeID', () => {
  it('is the caller’s own, whomever it names', async () => {
    const { registrantId } = await file(registrant(1), { ...online, registrantId: 'somebody-else' });
    expect(registrantId).toBe(registrant(1).id);
  });

  it('goes to the unit that verifies the commune, unless another is chosen', async () => {
    expect((await file(registrant(1), online)).jurisdiction).toMatchObject({
      reception: { unit: 'CAX-TEST', path: ['CAX-TEST', 'PC06-TEST', 'C06'] },
      receptionIsPc06: false,
      verification: { unit: 'CAX-TEST' },
    });
    const other = await file(registrant(1), { ...online, reception: 'PC06-OTHER' });
    expect(other.jurisdiction).toMatchObject({ reception: { unit: 'PC06-OTHER' }, receptionIsPc06: true });
  });

  it('is not filed with a unit that is not there, or that receives nothing', async () => {
    for (const reception of ['CAX-GONE', 'C06'])
      expect(await refusal(file(registrant(1), { ...online, reception }))).toBe('EID_ERR_UNIT_UNKNOWN');
  });
});

describe('a request at the desk', () => {
  it('is received by the officer’s own unit, whichever is named', async () => {
    const { registrantId, jurisdiction } = await file(officers.desk, { ...atDesk, reception: 'PC06-OTHER' });
    expect(registrantId).toBe('somebody');
    expect(jurisdiction.reception.unit).toBe(officers.desk.unit);
  });

  it('names the person who stands there', async () => {
    const { registrantId: _, ...nobody } = atDesk;
    expect(await refusal(file(officers.desk, nobody))).toBe('EID_ERR_SHAPE');
  });

  it('is taken by nobody who sits at none', async () => {
    expect(await refusal(file(registrant(1), atDesk))).toBe('EID_ERR_FORBIDDEN');
  });
});

it('work goes to colleagues whom the directory knows', async () => {
  const handing = translate(edge, officers.head, 'ReassignTask', { taskId: 't', to: { id: 'nobody' } }, {});
  expect(await refusal(handing)).toBe('EID_ERR_COLLEAGUE_UNKNOWN');
});
