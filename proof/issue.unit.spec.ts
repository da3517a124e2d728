import { fc, test } from '@fast-check/vitest';
import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import { people } from '../domain/testing/people.ts';
import { decree } from '../domain/testing/policy.spec.ts';
import { ProofClaims } from '../schemas/proof.ts';
import { proofClaims, showable } from './claims.ts';
import { issueProof } from './issue.ts';
import { LIFETIME_MS, NOW, named, partsOf, request, setOf, signer, states } from './testing.spec.ts';
import { verifyProof } from './verify.ts';

const key = await signer();
const issued = async (more?: Parameters<typeof request>[0]) => await issueProof({ ...request(more), key });
const refusal = (code: string, details: object) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

describe('a proof of registration', () => {
  it('says who is registered, in what status, who shows it, and for how long', async () => {
    const { token, claims } = await issued();
    expect(partsOf(token).payload).toEqual(claims);
    expect(claims).toEqual({
      iss: 'urn:orgeid',
      sub: '10000000001',
      name: 'Công ty TNHH Sao Mai',
      status: 'ACTIVE',
      holder: 'Nguyễn Thị Lan',
      iat: NOW / 1000,
      nbf: NOW / 1000,
      exp: (NOW + LIFETIME_MS) / 1000,
      jti: expect.stringMatching(/^[\w-]{22}$/),
      pos: 42,
    });
  });

  it('is a JWT of its own type, with the thumbprint of its key', async () => {
    const { token } = await issued();
    const { d: _, ...jwk } = key.key;
    expect(partsOf(token).header).toEqual({
      alg: 'EdDSA',
      typ: 'orgeid-proof+jwt',
      kid: await calculateJwkThumbprint(jwk),
    });
  });

  it.each([
    ['issued', 'ISSUED'],
    ['overdue', 'ACTIVATION_OVERDUE'],
    ['active', 'ACTIVE'],
    ['locked', 'LOCKED'],
  ] as const)('of an account that is %s says %s', async (state, status) => {
    expect((await issued({ state: states[state] })).claims.status).toBe(status);
  });

  it('lives as long as the policy says, in whole seconds and never without time', async () => {
    for (const [proofLifetimeMs, seconds] of [
      [300_000, 300],
      [1_500, 2],
      [1, 1],
    ] as const) {
      const { claims } = await issued({ now: NOW + 999, policy: { proofLifetimeMs } });
      expect([claims.iat, claims.exp - claims.iat]).toEqual([NOW / 1000, seconds]);
    }
  });

  it('has an id of its own each time', async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, async () => (await issued()).claims.jti));
    expect(new Set(ids).size).toBe(50);
  });

  it('carries no personal number, no address to reach anybody, and no id of a person', async () => {
    const { token } = await issued({ state: states.locked });
    const text = JSON.stringify(partsOf(token));
    const { identity, owner } = states.locked;
    for (const hidden of [
      identity?.representative.number,
      owner?.id,
      owner?.mobile,
      identity?.headOffice,
      'vn-vks',
    ]) {
      expect(hidden).toMatch(/./);
      expect(text).not.toContain(hidden);
    }
    expect(text.replace(/"(iat|nbf|exp)":\d+/g, '')).not.toMatch(/\d{12}/);
  });
});

describe('a proof is issued', () => {
  it.each(['stranger', 'binh', 'director', 'system'] as const)(
    'to nobody but the owner: not to %s',
    async (who) => {
      await expect(issued({ actor: people[who] })).rejects.toEqual(
        refusal('EID_ERR_FORBIDDEN', { needed: 'owner' }),
      );
    },
  );

  it('for no account that is not open, whoever asks', async () => {
    await expect(issued({ state: states.notOpen })).rejects.toEqual(
      refusal('EID_ERR_CASE_UNKNOWN', { stream: 'account-10000000001' }),
    );
  });

  it('to the person whom a review put in the place of the owner, in that name', async () => {
    const state = { ...states.active, owner: { id: people.binh.id, name: people.binh.name } };
    expect((await issued({ state, actor: people.binh })).claims.holder).toBe(people.binh.name);
    await expect(issued({ state })).rejects.toEqual(refusal('EID_ERR_FORBIDDEN', {}));
  });
});

describe('a name in a proof', () => {
  it.each([
    ['is composed', 'Công ty'.normalize('NFD'), 'Công ty'],
    ['has no control characters', 'Sao\u001b[2J\u0000Mai\n', 'Sao [2J Mai'],
    ['does not turn the direction of writing', 'Sao \u202eiaM', 'Sao iaM'],
    ['has no half of a letter', 'Sao\ud83d Mai', 'Sao Mai'],
    ['is never empty', '\u200b\u200d', '—'],
  ])('%s', (_, name, expected) => {
    expect(showable(name, 300)).toBe(expected);
  });

  it('is cut where it is longer than any dossier allows, and not within a letter', () => {
    expect(showable('𠮷'.repeat(200), 300)).toBe(`${'𠮷'.repeat(149)}…`);
    expect(showable('a'.repeat(301), 300)).toBe(`${'a'.repeat(299)}…`);
    expect(showable('ễ'.repeat(300), 300)).toHaveLength(300);
  });

  test.prop([
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.integer({ min: 1, max: 10 ** 10 }),
  ])('of any letters makes claims that the verifier reads back', async (name, holder, proofLifetimeMs) => {
    const more = { state: named(name, holder), policy: { ...decree, proofLifetimeMs } };
    expect(ProofClaims.parse(proofClaims(request(more), 'urn:orgeid', 'j'))).toBeDefined();
    const { token, claims } = await issued(more);
    expect(await verifyProof(token, setOf(key.key), { now: NOW })).toEqual({
      accepted: true,
      claims,
      kid: key.key.kid,
    });
  });
});
