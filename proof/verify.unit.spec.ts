import { createHmac } from 'node:crypto';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { ProofRefusal } from '../schemas/proof.ts';
import { issueProof } from './issue.ts';
import { refusals } from './refusals.ts';
import { claims, encoded, NOW, partsOf, request, setOf, signed, signer, states } from './testing.spec.ts';
import { verifyProof } from './verify.ts';

const { key } = await signer();
const { key: other } = await signer();
const keySet = setOf(key, other);
const good = await signed(claims, key);
const [head = '', body = '', signature = ''] = good.split('.');
const verify = async (token: string, now = NOW, clockToleranceMs = 0) =>
  await verifyProof(token, keySet, { now, clockToleranceMs });
const refused = (reason: ProofRefusal) => ({ accepted: false, reason });
/** A refusal of what is genuine, and so says what it is. */
const refusedKnown = (reason: ProofRefusal, more: object = {}) => ({
  accepted: false,
  reason,
  claims: { ...claims, ...more },
});

describe('a genuine proof', () => {
  it('is accepted with what it says', async () => {
    expect(await verify(good)).toEqual({ accepted: true, claims, kid: key.kid });
  });

  it.each(['issued', 'overdue', 'active'] as const)(
    'of an account that is %s proves its registration',
    async (name) => {
      const { token, claims: said } = await issueProof({
        ...request({ state: states[name] }),
        key: { issuer: 'urn:orgeid', key },
      });
      expect(await verify(token)).toEqual({ accepted: true, claims: said, kid: key.kid });
    },
  );

  it('of a locked account is refused for that, and says so', async () => {
    const { token, claims: said } = await issueProof({
      ...request({ state: states.locked }),
      key: { issuer: 'urn:orgeid', key },
    });
    expect(await verify(token)).toEqual({ accepted: false, reason: 'LOCKED', claims: said });
  });

  it('may say more in later versions, which is ignored', async () => {
    expect(await verify(await signed({ ...claims, category: 'ENTERPRISE' }, key))).toMatchObject({
      accepted: true,
      claims,
    });
  });
});

describe('the time of a proof', () => {
  const end = claims.exp * 1000;
  it('ends at its last millisecond', async () => {
    expect(await verify(good, end - 1)).toMatchObject({ accepted: true });
    expect(await verify(good, end)).toEqual(refusedKnown('EXPIRED'));
  });
  it('begins with nbf, or with iat where there is none', async () => {
    expect(await verify(good, NOW - 1)).toEqual(refusedKnown('NOT_YET_VALID'));
    const { nbf: _, ...rest } = claims;
    expect(await verify(await signed(rest, key), NOW - 1)).toMatchObject({ reason: 'NOT_YET_VALID' });
    expect(await verify(await signed({ ...claims, nbf: 0 }, key), NOW - 1)).toMatchObject({ accepted: true });
  });
  it('is wider at both ends by what clocks may differ', async () => {
    expect(await verify(good, NOW - 2_000, 2_000)).toMatchObject({ accepted: true });
    expect(await verify(good, NOW - 2_001, 2_000)).toMatchObject({ reason: 'NOT_YET_VALID' });
    expect(await verify(good, end + 1_999, 2_000)).toMatchObject({ accepted: true });
    expect(await verify(good, end + 2_000, 2_000)).toMatchObject({ reason: 'EXPIRED' });
  });
});

describe('a forged proof', () => {
  it('of another key under the same kid has a bad signature', async () => {
    expect(await verify(await signed(claims, { ...other, kid: key.kid }))).toEqual(refused('BAD_SIGNATURE'));
  });
  it('whose payload was changed has a bad signature, and nothing that it says is told', async () => {
    const changed = encoded({ ...claims, sub: '10000000002' });
    expect(await verify(`${head}.${changed}.${signature}`)).toEqual(refused('BAD_SIGNATURE'));
  });
  it('whose header was changed has a bad signature', async () => {
    const header = partsOf(good).header as object;
    for (const changed of [
      { ...header, kid: other.kid },
      { ...header, x: 1 },
    ]) {
      expect(await verify(`${encoded(changed)}.${body}.${signature}`)).toEqual(refused('BAD_SIGNATURE'));
    }
  });
  it('made of the parts of two genuine ones has a bad signature', async () => {
    const second = await signed({ ...claims, jti: 'other' }, key);
    expect(await verify(`${head}.${body}.${second.split('.')[2]}`)).toEqual(refused('BAD_SIGNATURE'));
  });
  it.each(['none', 'None', 'HS256', 'ES256', 'Ed448', 'eddsa', 'Ed25519', ''])(
    'of algorithm %j is no proof',
    async (alg) => {
      const header = encoded({ alg, typ: 'orgeid-proof+jwt', kid: key.kid });
      for (const end of [signature, '', 'A'.repeat(86)]) {
        expect(await verify(`${header}.${body}.${end}`)).toEqual(refused('NOT_A_PROOF'));
      }
    },
  );
  it('signed by HS256 with the public key as its secret is no proof', async () => {
    const header = encoded({ alg: 'HS256', typ: 'orgeid-proof+jwt', kid: key.kid });
    for (const secret of [key.x, Buffer.from(key.x, 'base64url'), JSON.stringify(keySet.keys[0])]) {
      for (const hash of ['sha256', 'sha512']) {
        const mac = createHmac(hash, secret).update(`${header}.${body}`).digest('base64url');
        expect(await verify(`${header}.${body}.${mac}`)).toEqual(refused('NOT_A_PROOF'));
      }
    }
  });
  it('of a key that brings itself along has a bad signature or an unknown key', async () => {
    const { key: own } = await signer();
    const jwk = { kty: own.kty, crv: own.crv, x: own.x };
    expect(await verify(await signed(claims, own, { jwk }))).toEqual(refused('UNKNOWN_KEY'));
    expect(await verify(await signed(claims, { ...own, kid: key.kid }, { jwk }))).toEqual(
      refused('BAD_SIGNATURE'),
    );
  });
  it('that was signed for another purpose is no proof', async () => {
    for (const typ of ['JWT', 'at+jwt', 'ORGEID-PROOF+JWT', undefined]) {
      expect(await verify(await signed(claims, key, { typ }))).toEqual(refused('NOT_A_PROOF'));
    }
  });
  it('that asks for an extension is not accepted', async () => {
    const [, ...rest] = good.split('.');
    const header = encoded({ alg: 'EdDSA', typ: 'orgeid-proof+jwt', kid: key.kid, crit: ['x'], x: 1 });
    expect(await verify([header, ...rest].join('.'))).toEqual(refused('BAD_SIGNATURE'));
  });
  test.prop([fc.nat({ max: good.length - 1 }), fc.constantFrom(...'ABCDwxyz019-_.')])(
    'differs from a genuine one in a single letter, and is refused',
    async (at, letter) => {
      fc.pre(good[at] !== letter);
      const verdict = await verify(`${good.slice(0, at)}${letter}${good.slice(at + 1)}`);
      expect(verdict).toEqual({ accepted: false, reason: expect.any(String) });
    },
  );
});

describe('the key of a proof', () => {
  it('must be in the set', async () => {
    const { key: unknown } = await signer();
    expect(await verify(await signed(claims, unknown))).toEqual(refused('UNKNOWN_KEY'));
    expect(await verifyProof(good, { issuer: 'urn:orgeid', keys: [] }, { now: NOW })).toEqual(
      refused('UNKNOWN_KEY'),
    );
  });
  it('is good until the end of its own time, whatever the proof says', async () => {
    const long = await signed({ ...claims, exp: claims.exp + 86_400 }, key);
    const [first] = keySet.keys;
    if (!first) throw new Error('the set has keys');
    const until = (exp: number) => ({ ...keySet, keys: [{ ...first, exp }] });
    const at = async (now: number) => await verifyProof(long, until(NOW / 1000 + 600), { now });
    expect(await at(NOW + 599_999)).toMatchObject({ accepted: true });
    expect(await at(NOW + 600_000)).toEqual(refused('UNKNOWN_KEY'));
  });
  it('that is no point of the curve refuses and does not throw', async () => {
    const broken = { ...keySet, keys: keySet.keys.map((one) => ({ ...one, x: '_'.repeat(43) })) };
    expect(await verifyProof(good, broken, { now: NOW })).toEqual(refused('BAD_SIGNATURE'));
  });
});

describe('what a proof says', () => {
  it('comes from the issuer of the key set', async () => {
    expect(await verify(await signed({ ...claims, iss: 'urn:other' }, key))).toEqual(
      refusedKnown('WRONG_ISSUER', { iss: 'urn:other' }),
    );
  });
  it.each<[string, unknown]>([
    ['is no JSON', 'status: ACTIVE'],
    ['is blank', ' '],
    ['is a list', [claims]],
    ['is null', null],
    ['lacks the number', { ...claims, sub: undefined }],
    ['has a status that nobody knows', { ...claims, status: 'FINE' }],
    ['has a time that is a text', { ...claims, exp: '2026-01-01' }],
    ['has a time without end', { ...claims, exp: 1e300 }],
    ['ends before it begins', { ...claims, exp: claims.iat }],
    ['would clear the terminal', { ...claims, name: '\u001b[2J' }],
    ['would write backwards', { ...claims, holder: 'Lan\u202e' }],
    ['is longer than a name', { ...claims, name: 'a'.repeat(301) }],
    ['stands nowhere in the log', { ...claims, pos: 0 }],
  ])('is not taken when it %s', async (_, payload) => {
    expect(await verify(await signed(payload, key))).toEqual(refused('MALFORMED_CLAIMS'));
  });
  it('is not taken when it is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    const { CompactSign, importJWK } = await import('jose');
    const token = await new CompactSign(bytes)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'orgeid-proof+jwt', kid: key.kid })
      .sign(await importJWK(key, 'EdDSA'));
    expect(await verify(token)).toEqual(refused('MALFORMED_CLAIMS'));
  });
});

describe('garbage', () => {
  const part = fc.oneof(
    fc.base64String().map((text) => text.replace(/[=+/]/g, '-')),
    fc.json().map((text) => Buffer.from(text).toString('base64url')),
    fc.constantFrom(head, body, signature, '', 'A'.repeat(86)),
  );
  const tokens = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(part, { maxLength: 6 }).map((parts) => parts.join('.')),
    fc.nat({ max: good.length }).map((length) => good.slice(0, length)),
    fc.string({ maxLength: 5 }).map((text) => `${good}${text}`),
  );
  test.prop([tokens], { numRuns: 500 })(
    'of any kind is refused with a reason and throws nothing',
    async (text) => {
      fc.pre(text !== good);
      const verdict = await verify(text);
      if (verdict.accepted) throw new Error(`accepted ${text}`);
      expect(ProofRefusal.options).toContain(verdict.reason);
    },
  );
  test.prop([fc.jsonValue()], { numRuns: 200 })(
    'under a good signature is refused as well',
    async (payload) => {
      expect(await verify(await signed(JSON.stringify(payload), key))).toEqual(refused('MALFORMED_CLAIMS'));
    },
  );
  test.prop([fc.dictionary(fc.constantFrom('alg', 'typ', 'kid', 'crit', 'b64', 'jku'), fc.jsonValue())])(
    'in the header is refused',
    async (header) => {
      expect(await verify(`${encoded(header)}.${body}.${signature}`)).toMatchObject({ accepted: false });
    },
  );
  it.each([
    ['is very long', `${'A'.repeat(5_000)}.${'A'.repeat(5_000_000)}.${'A'.repeat(86)}`],
    ['has five parts, as encrypted ones have', `${head}.${body}.${body}.${body}.${signature}`],
    ['is another spelling of the signature', `${good.slice(0, -1)}${next(good.at(-1) ?? '')}`],
    ['is padded', `${good}==`],
    ['is the JSON serialisation', JSON.stringify({ protected: head, payload: body, signature })],
  ])('that %s is no proof', async (_, token) => {
    expect(await verify(token)).toEqual(refused('NOT_A_PROOF'));
  });
});

/** The letter after: of the last one of a signature only two bits count. */
function next(letter: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return letters[letters.indexOf(letter) + 1] ?? '';
}

it('every reason is told in two languages, with what to do', () => {
  expect(Object.keys(refusals).sort()).toEqual([...ProofRefusal.options].sort());
  for (const { vi, en, next: todo } of Object.values(refusals)) {
    for (const text of [vi, en, todo.vi, todo.en]) expect(text).toMatch(/^[^\s].*\.$/);
    expect(en + todo.en).not.toMatch(/[^\x20-\x7e]/);
    for (const text of [vi, todo.vi]) expect(text).toBe(text.normalize('NFC'));
  }
});
