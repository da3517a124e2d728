import { beforeAll, describe, expect, it } from 'vitest';
import { collections, type ExposedCommand, exposedCommands } from '../../api/commands/exposed.ts';
import { loadAccessTable } from '../../policies/access/load.ts';
import type { Actor } from '../../schemas/actor.ts';
import { CaseType } from '../../schemas/case.ts';
import { others } from '../support/edge.ts';
import { type Answer, callerAs, problem } from '../support/http.ts';
import { issue, send, streamOf } from '../support/play.ts';
import { dossierOf, filingOf, jurisdiction, officers, registrant } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { bodyOf } from './bodies.ts';

/** A version that no case has: whoever is let through learns that (412), and nothing is changed by asking. */
const NO_VERSION = 999_999_999;

const system = useSystem({
  organisations: 8,
  absent: new Set([1]),
  api: { ORGEID_RATE_PER_MINUTE: '100000' },
});
const commands = exposedCommands(loadAccessTable());

/** Who stands how to the four cases. Of registrants the first asks for the account of 1, the second owns that of 2. */
const people: readonly Actor[] = [
  registrant(1),
  registrant(2),
  registrant(3),
  others.representative,
  officers.desk,
  officers.verifier,
  officers.head,
  others.provinceDesk,
  others.provinceVerifier,
  others.provinceHead,
  others.strangerDesk,
  others.strangerVerifier,
  others.strangerHead,
  officers.proposer,
  officers.director,
  officers.callCentre,
  others.authority,
  others.auditor,
  others.financeOfficer,
  others.strangerOfficer,
];
const services = ['registry-business', 'authority-system'];

const cases = {} as Record<CaseType, string>;

const as = (id: string) => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return callerAs(edge, id, { service: services.includes(id) });
};

beforeAll(async () => {
  const stream = 'registration-permissions';
  const dossier = dossierOf(1);
  const representative = {
    id: others.representative.id,
    name: 'Người đại diện khác',
    number: '000099999999',
    nationality: 'VN',
  };
  const data = { ...filingOf(1), dossier: { ...dossier, otherRepresentatives: [representative] } };
  await send(system(), stream, registrant(1), 'FileRequest', data);
  await send(system(), stream, others.representative, 'GiveConsent', {});
  await issue(system(), 2);
  const order = 'lock-order-permissions';
  await send(system(), order, officers.desk, 'FileLockOrder', {
    channel: 'IN_PERSON_TK03',
    form: {
      action: 'LOCK',
      authority: { kind: 'PROCEEDING_AGENCY', contact: { id: others.authority.id, name: 'Viện kiểm sát' } },
      number: '1',
      document: { number: '12/QĐ', date: '2025-02-28' },
      reason: 'thử nghiệm',
    },
    reception: jurisdiction.reception,
    catalogueVersion: jurisdiction.catalogueVersion,
  });
  const verification = 'verification-permissions';
  await send(system(), verification, officers.verifier, 'OpenVerification', {
    body: 'FINANCE',
    place: 'TEST',
    subject: { organisation: 'Tổ chức thử nghiệm' },
    questions: [{ id: 'exists', kind: 'EXISTENCE' }],
    reason: 'thử nghiệm',
    asker: jurisdiction.verification,
    askedBy: { id: officers.verifier.id, name: officers.verifier.name },
  });
  await system().watch.untilStatus(stream, 'LOCAL_VERIFICATION');
  const { rows } = await system().pool.query<{ stream: string }>(
    `select stream from orgeid.cases where type = 'account'`,
  );
  Object.assign(cases, {
    registration: stream,
    account: rows[0]?.stream ?? '',
    'lock-order': order,
    verification,
  });
});

/** What an answer says of the caller's permission. */
function permission(answer: Answer): 'may' | 'may not' | 'not there' {
  if (answer.status === 200) return 'may';
  const { code } = problem(answer);
  switch (code) {
    case 'EID_ERR_VERSION':
      return 'may';
    case 'EID_ERR_FORBIDDEN':
      return 'may not';
    case 'EID_ERR_CASE_UNKNOWN':
      return 'not there';
    default:
      throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

const everybody = [...people.map(({ id }) => id), ...services];
const actorOf = (id: string): Actor =>
  people.find((one) => one.id === id) ?? { id, name: id, roles: ['SERVICE'] };

async function tried(command: ExposedCommand, id: string): Promise<string> {
  const path = `/${collections[command.caseType]}${command.path.replace(':stream', cases[command.caseType])}`;
  return permission(await as(id).post(path, bodyOf(command, actorOf(id)), { ifVersion: NO_VERSION }));
}

const line = (name: string, found: readonly string[]): string => {
  const those = (word: string) => everybody.filter((_, i) => found[i] === word).join(' ') || '-';
  return `${name}\n  may:       ${those('may')}\n  may not:   ${those('may not')}\n  not there: ${those('not there')}\n`;
};

describe('over HTTP, each command and each person', () => {
  it('meet as the written-down permissions say', { timeout: 300_000 }, async () => {
    const lines: string[] = [];
    for (const command of commands) {
      const found = await Promise.all(everybody.map((id) => tried(command, id)));
      lines.push(line(`${command.caseType} ${command.type}`, found));
    }
    await expect(lines.join('\n')).toMatchFileSnapshot('./permissions-of-commands.txt');
  });

  it('leave no trace in a case', async () => {
    const { rows } = await system().pool.query<{ n: number }>(
      `select count(*)::int as n from orgeid.events where stream not like 'account-%' and stream not in
        ('registration-permissions', $1, 'lock-order-permissions', 'verification-permissions')`,
      [streamOf(2)],
    );
    expect(rows[0]?.n).toBe(0);
  });

  it('read what concerns them and nothing else', async () => {
    const lines: string[] = [];
    for (const caseType of CaseType.options) {
      const path = `/${collections[caseType]}/${cases[caseType]}`;
      const found = await Promise.all(everybody.map(async (id) => permission(await as(id).get(path))));
      expect(found).not.toContain('may not');
      lines.push(line(`${caseType} READ`, found));
    }
    await expect(lines.join('\n')).toMatchFileSnapshot('./permissions-of-reading.txt');
  });
});
