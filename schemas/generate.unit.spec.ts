import { readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { statusEntry } from '../domain/account/status.ts';
import { accountEffects } from '../domain/account/view.ts';
import { registrationEffects } from '../domain/registration/effects.ts';
import { accounts, outcomeOf } from '../domain/testing/accounts.ts';
import { found, notFound, unavailable } from '../domain/testing/answers.ts';
import { change, informed } from '../domain/testing/changes.ts';
import { ask, askAccount } from '../domain/testing/commands.ts';
import { dossier, jointDossier } from '../domain/testing/dossiers.ts';
import { forwarding, lockOrders, orderDecision, resolution } from '../domain/testing/lock-orders.ts';
import { people } from '../domain/testing/people.ts';
import { decree } from '../domain/testing/policy.spec.ts';
import {
  answerOf,
  approval,
  confirmation,
  filing,
  findings,
  requests,
  silenceOf,
} from '../domain/testing/requests.ts';
import {
  chasing,
  opening,
  part,
  refusal,
  verifications,
  whole,
  withdrawal,
} from '../domain/testing/verifications.ts';
import { fillTokens } from '../domain/tokens.ts';
import { loadPolicy } from '../policies/load.ts';
import { answerExamples, changeExamples, queryExamples } from './asyncapi/examples.ts';
import { jsonSchemaFiles } from './generate.ts';

const files = jsonSchemaFiles();
const names = Object.keys(files);

describe('the JSON Schema files', () => {
  it('are those of the public messages and no others', () => {
    expect(readdirSync(new URL('./json', import.meta.url)).sort()).toEqual([...names].sort());
  });
  it.each(names)('are up to date: %s', async (name) => {
    await expect(files[name]).toMatchFileSnapshot(`./json/${name}`);
  });
  it('are the same each time they are made', () => {
    expect(jsonSchemaFiles()).toEqual(files);
  });
});

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
formats.default(ajv);
for (const text of Object.values(files)) ajv.addSchema(JSON.parse(text));

/** What a schema file says against some JSON. */
function errorsOf(name: string, data: unknown): string[] {
  const validate = ajv.getSchema(`urn:orgeid:schema:${name}`);
  if (!validate) throw new Error(`no schema ${name}`);
  validate(JSON.parse(JSON.stringify(data)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const body = ({ type, data }: { type: string; data: unknown }) => ({ type, data });
const request = requests(decree);
const verification = verifications(decree);
const account = accounts(decree);
const head = { attempt: 1, askedAt: '2025-03-03T02:00:00.000Z', correlationId: 'c-1' };

const queries = registrationEffects(request.inChecks().state).map(({ input }) => {
  const { queryId, ...rest } = input as { queryId: string };
  return { schema: 'registry-query/1', id: queryId, ...head, ...rest };
});
const orders = accountEffects(account.opened().state).map(({ input: { orderId, ...rest } }) => ({
  schema: 'notice-order/1',
  id: orderId,
  ...head,
  ...rest,
}));
const order = lockOrders(decree);
const renamed = change('c-1', { values: { name_vi: 'Công ty TNHH Sao Hôm' } });
const dissolution = change('c-2', { status: 'DISSOLVED', statusSince: '2025-03-11' });
const changed = informed(decree).taken(renamed, dissolution);
const filled = { '@identification-number': '10000000001' };
const events = (history: readonly { type: string; data: unknown }[]) => fillTokens(history.map(body), filled);

const examples: readonly [schema: string, examples: readonly unknown[]][] = [
  ['actor', Object.values(people)],
  ['dossier', [dossier(), jointDossier(), { ...dossier(), otherRepresentatives: undefined }]],
  ['task', request.toDecideAfterLocal().state.tasks],
  ['policy', [await loadPolicy()]],
  ['registry-query', [...queries, { ...queries[0], fieldOfALaterVersion: 1 }]],
  [
    'message-envelope',
    [...queryExamples, ...answerExamples, ...changeExamples].map(({ payload }) => payload),
  ],
  [
    'registry-answer',
    [
      found('TAX'),
      notFound('BUSINESS'),
      unavailable('POPULATION'),
      ...answerExamples.map(({ payload }) => payload.data),
    ],
  ],
  ['notice-order', orders],
  [
    'notice-receipt',
    [
      {
        schema: 'notice-receipt/1',
        id: 'r-1',
        orderId: orders[0]?.id,
        channel: 'SMS',
        reference: 'x',
        at: head.askedAt,
        outcome: 'DELIVERED',
      },
    ],
  ],
  [
    'registration-command',
    [
      ask(people.registrant, 'FileRequest', filing()),
      ask(people.registrant, 'WithdrawRequest'),
      answerOf(found('TAX')),
      silenceOf('TAX'),
      findings('PASS'),
      confirmation(),
      approval(),
    ].map(body),
  ],
  [
    'registration-event',
    [
      request.issued(),
      request.toDecideAfterLocal(),
      request.refused(),
      request.consented(),
      request.silent(),
    ].flatMap((given) => events(given.history)),
  ],
  [
    'account-command',
    [account.open(), outcomeOf('notice1', 1, 'FAILED'), askAccount(people.registrant, 'ActivateAccount')].map(
      body,
    ),
  ],
  [
    'account-event',
    [account.overdue(), account.undelivered(), account.active(), changed].flatMap((given) =>
      events(given.history),
    ),
  ],
  ['lock-order-command', [order.file(), forwarding(), orderDecision('APPROVE'), resolution('END')].map(body)],
  [
    'lock-order-event',
    [order.returned(), order.approved(), order.refused(), order.unresolved()].flatMap((given) =>
      events(given.history),
    ),
  ],
  ['verification-command', [opening(), part(), whole(), refusal(), chasing(), withdrawal()].map(body)],
  [
    'verification-event',
    [
      verification.answered(),
      verification.refused(),
      verification.withdrawn(),
      verification.overdue(),
    ].flatMap((given) => events(given.history)),
  ],
  ['registry-change', [renamed, dissolution, { ...renamed, fieldOfALaterVersion: 1 }]],
  [
    'account-status',
    [statusEntry(changed.state, 7, head.askedAt), statusEntry(account.active().state, 4, head.askedAt)],
  ],
  ['account-status-head', [{ schema: 'account-status-head/1', position: 7, at: head.askedAt }]],
  [
    'proof-claims',
    [
      {
        iss: 'urn:orgeid',
        sub: '10000000001',
        name: 'Công ty TNHH Sao Mai',
        status: 'ACTIVE',
        holder: 'Nguyễn Thị Lan',
        iat: 1_741_600_000,
        exp: 1_741_600_300,
        jti: 'p-1',
        pos: 7,
        claimOfALaterVersion: 1,
      },
    ],
  ],
  [
    'status-acknowledgement',
    [
      {
        schema: 'status-acknowledgement/1',
        id: 'a-1',
        service: 'TAX-PORTAL',
        number: '10000000001',
        seq: 1,
        at: head.askedAt,
      },
    ],
  ],
];

describe('a message of this system', () => {
  it('has examples for every schema', () => {
    expect(examples.map(([name]) => `${name}.schema.json`).sort()).toEqual([...names].sort());
  });
  it.each(examples)('is valid by its schema file: %s', (name, list) => {
    expect(list.length).toBeGreaterThan(0);
    expect(list.flatMap((example) => errorsOf(name, example))).toEqual([]);
  });
});

describe('the schema files refuse', () => {
  const broken: readonly [what: string, schema: string, data: unknown, says: RegExp][] = [
    [
      'a tax code of nine digits',
      'dossier',
      dossier({ organisation: { taxCode: '090000001' } }),
      /taxCode must match pattern/,
    ],
    [
      'a field that form TK02 does not have',
      'dossier',
      { ...dossier(), colour: 'red' },
      /additional properties/,
    ],
    [
      'an answer that says "unknown"',
      'registry-answer',
      { ...found('TAX'), outcome: 'UNKNOWN' },
      /outcome must be/,
    ],
    [
      'a command that does not exist',
      'registration-command',
      { type: 'EraseRequest', data: {} },
      /type must be/,
    ],
    [
      'findings without a result',
      'registration-command',
      { ...body(findings('PASS')), data: { taskId: 'verify-1' } },
      /required property 'result'/,
    ],
    [
      'a policy without its parameters',
      'policy',
      { version: 'x', title: 'x', validFrom: '2024-07-01' },
      /'parameters'/,
    ],
    ['an actor without a role', 'actor', { id: 'a', name: 'a', roles: [] }, /roles must NOT have fewer/],
    ['an instant without a zone', 'notice-receipt', { at: '2025-03-03T02:00:00' }, /at must match/],
  ];
  it.each(broken)('%s', (_, schema, data, says) => {
    expect(errorsOf(schema, data).join('\n')).toMatch(says);
  });
});
