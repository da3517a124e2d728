import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf } from './adapter.ts';
import { natsAccounts } from './config.ts';

const KEY = `U${'A'.repeat(55)}`;
const OTHER = `U${'B'.repeat(55)}`;
const tax = { party: 'TAX', kind: 'registry', keys: [KEY] } as const;
const sms = { party: 'SMS', kind: 'channel', keys: [OTHER] } as const;
const read = (text: string) =>
  JSON.parse(text.replace(/^accounts: /, '').replace('$NATS_PASSWORD', '"$NATS_PASSWORD"'));

describe('the users of a NATS server', () => {
  it('are the same text whatever order the parties come in', () => {
    expect(natsAccounts([tax, sms])).toBe(natsAccounts([sms, tax]));
  });

  it('are the system alone when nobody was admitted', () => {
    expect(read(natsAccounts([]))).toMatchObject({
      ORGEID: { users: [{ user: 'orgeid', password: '$NATS_PASSWORD' }] },
    });
    expect(Object.keys(read(natsAccounts([{ ...tax, keys: [] }])))).toEqual(['ORGEID']);
  });

  it('give each party an account of its own with its own subjects, and a registry its changes', () => {
    const { ADAPTER_TAX, ADAPTER_SMS } = read(natsAccounts([tax, sms]));
    const publishes = ({ users }: { users: { permissions: { publish: string[] } }[] }) =>
      users[0]?.permissions.publish ?? [];
    expect(publishes(ADAPTER_TAX)).toEqual(expect.arrayContaining(['answers.TAX', 'changes.TAX']));
    expect(publishes(ADAPTER_SMS)).toContain('answers.SMS');
    expect(publishes(ADAPTER_SMS).join(' ')).not.toContain('changes');
  });

  it('can command a party in a rehearsal only', () => {
    expect(natsAccounts([tax])).not.toContain('control');
    expect(natsAccounts([tax], { rehearsal: true })).toContain('control.TAX');
  });

  it('hold no wildcard beyond a party’s own acknowledgements and inbox', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9][A-Z0-9_-]{0,20}$/), fc.boolean(), (party, rehearsal) => {
        const accounts = read(natsAccounts([{ ...tax, party }], { rehearsal }));
        const { permissions } = accounts[`ADAPTER_${party}`].users[0];
        const wide = [...permissions.publish, ...permissions.subscribe].filter((one: string) =>
          /[*>]/.test(one),
        );
        expect(wide).toEqual([`$JS.ACK.QUERIES.${party}.>`, `_INBOX_${party}.>`]);
      }),
      { seed: 6, numRuns: 50 },
    );
  });

  it.each(['', 'TAX.>', 'tax', 'A B', '*', '"', 'X'.repeat(41)])('refuse the name %j', (party) => {
    expect(() => natsAccounts([{ ...tax, party }])).toThrow(TypeError);
  });

  it.each(['', 'SUAA', KEY.toLowerCase(), `${KEY}"`])('refuse the key %j', (key) => {
    expect(() => natsAccounts([{ ...tax, keys: [key] }])).toThrow(TypeError);
  });
});

it.each([
  ['TAX', 'registry'],
  ['COOPERATIVE', 'registry'],
  ['SMS', 'channel'],
  ['TAX-PORTAL', 'service'],
])('%s is admitted as a %s', (party, kind) => {
  expect(kindOf(party)).toBe(kind);
});
