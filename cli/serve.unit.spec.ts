import { expect, it } from 'vitest';
import { DomainError } from '../domain/error.ts';
import { checkEnvironment, withoutEmpty } from './serve.ts';

const complete = {
  ORGEID_POSTGRES_URL: 'postgres://orgeid@127.0.0.1/orgeid',
  ORGEID_TEMPORAL_ADDRESS: '127.0.0.1:7233',
  ORGEID_OIDC_ISSUER: 'https://identity.example.vn',
  ORGEID_OIDC_AUDIENCE: 'urn:orgeid:api',
};

function refusal(env: NodeJS.ProcessEnv): { code: string; details: object } {
  try {
    checkEnvironment(env);
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, details: error.details };
    throw error;
  }
  throw new Error('a refusal was expected');
}

it('what is needed is enough', () => {
  expect(() => checkEnvironment(complete)).not.toThrow();
});

it.each(Object.keys(complete))('%s is asked for by name when it is missing', (name) => {
  const { [name as keyof typeof complete]: _, ...rest } = complete;
  expect(refusal(rest)).toEqual({
    code: 'EID_ERR_USAGE',
    details: { reason: expect.stringMatching(new RegExp(`^set ${name} \\([a-zA-Z ]+\\)$`)) },
  });
});

it('all that is missing is said at once', () => {
  const { details } = refusal({});
  for (const name of Object.keys(complete)) expect(JSON.stringify(details)).toContain(name);
});

it('a file of issuers stands for issuer and audience', () => {
  const { ORGEID_OIDC_ISSUER: _, ORGEID_OIDC_AUDIENCE: __, ...rest } = complete;
  expect(refusal({ ...rest, ORGEID_IDENTITY_FILE: 'absent.yaml' })).toMatchObject({
    code: 'EID_ERR_USAGE',
    details: { file: 'absent.yaml' },
  });
});

it.each([
  ['an issuer that is not https', { ORGEID_OIDC_ISSUER: 'http://identity.example.vn' }],
  ['an address without a port', { ORGEID_LISTEN: 'localhost' }],
  ['a limit that is no number', { ORGEID_BODY_LIMIT: 'much' }],
])('%s is refused before anything is started', (_what, wrong) => {
  expect(refusal({ ...complete, ...wrong }).code).toBe('EID_ERR_USAGE');
});

it('what is set to nothing counts as not set, of our own variables only', () => {
  expect(withoutEmpty({ ORGEID_POLICY_VERSION: '', ORGEID_LISTEN: 'a:1', LANG: '' })).toEqual({
    ORGEID_LISTEN: 'a:1',
    LANG: '',
  });
});
