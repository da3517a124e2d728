import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freshFolder } from '../test/support/folder.ts';
import { trustedIssuers } from './settings.ts';

const fileWith = (text: string) => {
  const file = join(freshFolder(), 'identity.yaml');
  writeFileSync(file, text);
  return { ORGEID_IDENTITY_FILE: file };
};
const guide = `
issuers:
  - issuer: https://id.police.example.vn/realms/orgeid
    audience: urn:orgeid:api
    tokenType: any
    algorithms: [RS256]
    claims:
      roles: [resource_access, orgeid, roles]
      kind: [orgeid_kind]
    roleNames: { can-bo-tiep-nhan: RECEPTION_OFFICER }
    idPrefix: police-
  - issuer: https://id.citizens.example.vn
    audience: urn:orgeid:api
    jwks: https://id.citizens.example.vn/keys
    mayGrant: [REGISTRANT, REPRESENTATIVE]
    everyPerson: [REGISTRANT]
    idPrefix: citizen-
`;

it('one issuer needs two variables', () => {
  const env = { ORGEID_OIDC_ISSUER: 'http://127.0.0.1:8091', ORGEID_OIDC_AUDIENCE: 'urn:orgeid:api' };
  expect(trustedIssuers(env)).toEqual([{ issuer: 'http://127.0.0.1:8091', audience: 'urn:orgeid:api' }]);
});

it('a file names several issuers, what each may say and where', () => {
  const [police, citizens] = trustedIssuers(fileWith(guide));
  expect(police?.claims).toEqual({ roles: ['resource_access', 'orgeid', 'roles'], kind: ['orgeid_kind'] });
  expect(citizens?.jwks).toEqual(new URL('https://id.citizens.example.vn/keys'));
});

it.each([
  ['nothing is set', {}],
  ['the audience is missing', { ORGEID_OIDC_ISSUER: 'https://id.example.vn' }],
  ['the issuer is no address', { ORGEID_OIDC_ISSUER: 'id', ORGEID_OIDC_AUDIENCE: 'x' }],
  ['the issuer is not safe', { ORGEID_OIDC_ISSUER: 'http://id.example.vn', ORGEID_OIDC_AUDIENCE: 'x' }],
  ['the file is not there', { ORGEID_IDENTITY_FILE: 'nowhere.yaml' }],
])('the process does not start when %s', (_what, env) => {
  expect(() => trustedIssuers(env)).toThrow('EID_ERR_USAGE');
});

it.each([
  ['names an algorithm with a shared secret', guide.replace('RS256', 'HS256')],
  ['has a word that is no setting', guide.replace('idPrefix: police-', 'prefix: police-')],
  ['gives a role that does not exist', guide.replace('RECEPTION_OFFICER', 'KING')],
  ['lets two issuers share ids', guide.replace('    idPrefix: citizen-\n', '')],
  ['is no YAML', '{'],
])('the process does not start when the file %s', (_what, text) => {
  const env = fileWith(text);
  expect(() => trustedIssuers(env)).toThrow('EID_ERR_USAGE');
});
