import { expect, it, onTestFinished, vi } from 'vitest';
import { freePort } from '../../engines/ports.ts';
import { ask, callerAs } from '../support/http.ts';
import { officers } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';
import { orgeid } from './command.ts';

const system = useSystem({ organisations: 1, api: {} });

function environment(): Record<string, string> {
  const { engines, edge } = system();
  if (!edge) throw new Error('the system was asked for its edge');
  return {
    ORGEID_POSTGRES_URL: engines.postgres.urls.writer,
    ORGEID_TEMPORAL_ADDRESS: engines.temporal.address,
    ORGEID_OIDC_ISSUER: edge.issuer,
    ORGEID_OIDC_AUDIENCE: edge.audience,
    ORGEID_ACCESS_WRITER: 'serve',
    ORGEID_POLICY_VERSION: 'test/1',
    ORGEID_KEYS_DIR: '',
  };
}

it('orgeid serve is one process of the API: ready once the engines answer, ended gracefully by SIGTERM', async () => {
  const { edge } = system();
  if (!edge) throw new Error('the system was asked for its edge');
  const listen = `127.0.0.1:${await freePort()}`;
  const serving = orgeid(['serve', '--listen', listen], environment());
  onTestFinished(() => {
    serving.child.kill('SIGKILL');
  });
  await serving.until(/^\{"ready":true/m);
  await vi.waitFor(async () => expect((await ask(`http://${listen}/ready`)).status).toBe(200), 30_000);
  expect((await ask(`http://${listen}/health`)).status).toBe(200);
  const director = callerAs(edge, officers.director.id, { url: `http://${listen}` });
  expect((await director.get('/inbox?view=unit')).status).toBe(200);

  const second = await orgeid(['serve', '--listen', listen], environment()).ended;
  expect([second.code, second.stdout]).toEqual([1, '']);
  expect(second.stderr).toMatch(/^EID_ERR_ADDRESS_TAKEN: /);

  serving.child.kill('SIGTERM');
  expect((await serving.ended).code).toBe(0);
});

it('orgeid serve says in one sentence what production needs and nobody gave', async () => {
  const { ORGEID_OIDC_ISSUER: _, ...without } = environment();
  const { code, stdout, stderr } = await orgeid(['serve', '--listen', '127.0.0.1:0'], {
    ...without,
    NODE_ENV: 'production',
    ORGEID_OIDC_ISSUER: '',
  }).ended;
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^EID_ERR_USAGE: .*set ORGEID_OIDC_ISSUER \(.+\).*\n$/);
});
