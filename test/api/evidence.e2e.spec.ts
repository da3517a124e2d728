import { beforeAll, describe, expect, it } from 'vitest';
import { verifyBundle } from '../../audit/bundle/verify.ts';
import { checkpointNow } from '../../client/checkpoint.ts';
import { parseCheckpoint } from '../../transparency/checkpoint.ts';
import { growingTree } from '../../transparency/growingTree.ts';
import { HASH_BYTES, leafHash } from '../../transparency/hash.ts';
import { parseNote, verifyNote } from '../../transparency/note.ts';
import { widthIn } from '../../transparency/tiles.ts';
import { parseTlogPolicy } from '../../transparency/tlogPolicy.ts';
import { parseTlogProof } from '../../transparency/tlogProof.ts';
import { verifyInclusion } from '../../transparency/verify.ts';
import { others } from '../support/edge.ts';
import { callerAs } from '../support/http.ts';
import { issue, streamOf } from '../support/play.ts';
import { officers } from '../support/requests.ts';
import { useSystem } from '../support/system.ts';

const system = useSystem({ organisations: 2, api: { ORGEID_RATE_PER_MINUTE: '100000' } });
const edge = () => {
  const { edge } = system();
  if (!edge) throw new Error('the system has no API');
  return edge;
};
const stream = streamOf(1);
const bundle = `/audit/bundle?case=${stream}`;

/** Somebody who says nothing of who they are. */
const anybody = async (path: string) => {
  const response = await fetch(`${edge().api.url}/v1${path}`);
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};
const as = async (id: string, path: string) => {
  const authorization = await edge().wallet.person(id);
  const response = await fetch(`${edge().api.url}/v1${path}`, {
    headers: { authorization },
  });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};
const auditor = (path: string) => as(others.auditor.id, path);
const keys = async () => {
  const { bytes } = await anybody('/log/keys');
  return parseTlogPolicy(bytes.toString()).logs.map(({ key }) => key);
};
const head = async () => {
  const { bytes } = await anybody('/log/checkpoint');
  const note = parseNote(bytes.toString());
  const checkpoint = note && parseCheckpoint(note.text);
  if (!note || !checkpoint) throw new Error('no checkpoint');
  return { note, checkpoint };
};
async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

beforeAll(async () => {
  await issue(system(), 1);
  await issue(system(), 2);
  await checkpointNow(system().temporal, 'orgeid');
});

describe('evidence over HTTP', () => {
  it('is a bundle that holds by the key that anybody may read, sealed, with the auditor’s name', async () => {
    const { response, bytes } = await auditor(bundle);
    expect(response.status, bytes.toString().slice(0, 500)).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/jsonl');
    expect(response.headers.get('content-disposition')).toContain(`${stream}.bundle`);
    const verdict = await verifyBundle(once(bytes), { keys: await keys() });
    expect(verdict).toMatchObject({
      holds: true,
      report: {
        scope: { kind: 'CASE', stream },
        sealed: true,
        trusted: true,
        exportedBy: others.auditor.name,
      },
    });
  });

  it('shows that the log goes on from an earlier checkpoint', async () => {
    const { note, checkpoint } = await head();
    const { bytes } = await auditor(`/audit/bundle?all=true&since=${checkpoint.size}`);
    expect(note.text).toBe((await head()).note.text);
    expect(await verifyBundle(once(bytes), { keys: await keys() })).toMatchObject({
      holds: true,
      report: { consistentWith: [checkpoint.size], events: checkpoint.size },
    });
  });

  it('is refused before anything of it is sent', async () => {
    const refused: [string, number, string][] = [
      ['/audit/bundle', 400, 'EID_ERR_SHAPE'],
      [`${bundle}&all=true`, 400, 'EID_ERR_SHAPE'],
      ['/audit/bundle?from=2026-01-01T00:00:00Z', 400, 'EID_ERR_SHAPE'],
      ['/audit/bundle?case=registration-none', 404, 'EID_ERR_CASE_UNKNOWN'],
      [`${bundle}&since=999999`, 404, 'EID_ERR_CHECKPOINT_MISSING'],
      ['/audit/proofs/999999', 404, 'EID_ERR_CHECKPOINT_MISSING'],
    ];
    for (const [path, status, code] of refused) {
      const { response, bytes } = await auditor(path);
      expect([path, response.status, JSON.parse(bytes.toString()).code]).toEqual([path, status, code]);
    }
    for (const path of [bundle, '/audit/proofs/1'])
      expect((await as(officers.head.id, path)).response.status).toBe(403);
    expect((await anybody(bundle)).response.status).toBe(401);
  });

  it('leaves an entry in the access history, also where it was refused', async () => {
    const { body } = await callerAs(edge(), others.auditor.id).get('/access-history?action=EXPORT&limit=200');
    const found = body.entries.map(
      ({
        entry,
      }: {
        entry: { actor: { id: string }; outcome: { result: string }; what: { stream?: string } };
      }) => [entry.actor.id, entry.outcome.result, entry.what.stream],
    );
    expect(found).toContainEqual([others.auditor.id, 'DONE', stream]);
    expect(found).toContainEqual([officers.head.id, 'REFUSED', stream]);
  });

  it('proves one event by the checkpoint that anybody may read', async () => {
    const { checkpoint } = await head();
    const { bytes } = await auditor('/audit/proofs/2');
    const proof = parseTlogProof(bytes.toString());
    const { bytes: entries } = await anybody(
      `/log/tile/entries/000.p/${widthIn({ level: 0, index: 0 }, checkpoint.size)}`,
    );
    const entry = entries.subarray(34 + 2, 34 + 34);
    if (!proof) throw new Error('no proof');
    expect(verifyInclusion(leafHash(entry), proof.index, checkpoint.size, proof.path, checkpoint.root)).toBe(
      true,
    );
  });

  it('shows the log to anybody as signed tiles of hashes, which lead to the checkpoint', async () => {
    const { note, checkpoint } = await head();
    expect(verifyNote(note, await keys()).valid).toBe(true);
    const tree = growingTree();
    for (let index = 0; tree.size < checkpoint.size; index += 1) {
      const width = widthIn({ level: 0, index }, checkpoint.size);
      const path = `/log/tile/0/${String(index).padStart(3, '0')}${width === 256 ? '' : `.p/${width}`}`;
      const { response, bytes } = await anybody(path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('cache-control')).toContain('immutable');
      for (let at = 0; at < bytes.length; at += HASH_BYTES) tree.push(0, bytes.subarray(at, at + HASH_BYTES));
    }
    expect(tree.root()).toEqual(checkpoint.root);
  });

  it.each([
    '/log/tile/0/999',
    '/log/tile/0/1',
    '/log/tile/64/000',
    '/log/tile/x/000',
    '/log/tile/0/000.p/256',
    '/log/tile/9/000',
  ])('has no tile %s', async (path) => {
    const { response, bytes } = await anybody(path);
    expect(response.status).toBe(404);
    expect(JSON.parse(bytes.toString()).code).toBe('EID_ERR_ROUTE_UNKNOWN');
  });

  it('says where there is none to give', async () => {
    const { url } = await edge().addApi({
      ORGEID_AUDIT_DIR: '',
      ORGEID_ACCESS_WRITER: 'api-without-log-keys',
    });
    const response = await fetch(`${url}/v1/log/keys`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'EID_ERR_UNAVAILABLE' });
  });
});
