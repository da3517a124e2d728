import { expect, it } from 'vitest';
import { separateLogins } from './logins.ts';

const one = (name: string) => `postgres://${name}@db/x`;

it('each role has a login where each has an address', () => {
  const urls = { migrator: one('m'), writer: one('w'), reader: one('r'), auditor: one('a') };
  expect(separateLogins(urls)).toEqual({
    orgeid_writer: one('w'),
    orgeid_reader: one('r'),
    orgeid_auditor: one('a'),
  });
});

it('one address for all makes nobody a member of anything', () => {
  const urls = { migrator: one('m'), writer: one('m'), reader: one('m'), auditor: one('m') };
  expect(separateLogins(urls)).toEqual({});
});

it('what processes connect with becomes the writer alone when only the owner has another address', () => {
  const urls = { migrator: one('m'), writer: one('w'), reader: one('w'), auditor: one('w') };
  expect(separateLogins(urls)).toEqual({ orgeid_writer: one('w') });
});
