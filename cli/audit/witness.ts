import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { DomainError } from '../../domain/error.ts';
import { fileError } from '../../files/whole.ts';
import { formatVerifierKey, type SignerKey, signerKey } from '../../transparency/keys.ts';
import { openRing } from '../../transparency/ring.ts';
import { parseTlogPolicy } from '../../transparency/tlogPolicy.ts';
import { ADD_CHECKPOINT } from '../../transparency/witness.ts';
import { createWitness, type WitnessAnswer, type Witnessing } from '../../transparency/witnessing.ts';
import { print } from '../output.ts';

export type WitnessOptions = {
  readonly dir: string;
  readonly policy: string;
  readonly name: string;
  readonly listen: string;
};

const LONGEST_BODY = 64 * 1024;

/** Serves until it is told to stop. @throws DomainError EID_ERR_USAGE, EID_ERR_FILE */
export async function runWitness({ dir, policy, name, listen }: WitnessOptions): Promise<void> {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(listen) ?? [];
  if (host === undefined) throw new DomainError('EID_ERR_USAGE', { reason: '--listen is host:port' });
  const { logs } = parsed(await text(policy));
  const signer = await cosigner(join(dir, 'keys'), name);
  const witness = createWitness(
    join(dir, 'logs'),
    signer,
    logs.map(({ key }) => key),
    Date.now,
  );
  const server = createServer((request, response) => {
    answer(witness, request).then(
      ({ status, body, type = 'text/plain; charset=utf-8' }) =>
        response.writeHead(status, { 'content-type': type }).end(body),
      () => fail(response),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(Number(port), host, resolve);
  });
  const address = server.address();
  const at = typeof address === 'object' && address ? address.port : port;
  print(`witness ${name} ${formatVerifierKey(signer)} http://${host}:${at}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
}

/** The ring's secret under the type of a cosigner: its key differs from that of a log of the same name. */
async function cosigner(folder: string, name: string): Promise<SignerKey> {
  const { signer } = await openRing(folder, name, Date.now());
  return signerKey(signer.name, 'COSIGNATURE', signer.seed);
}

async function answer(witness: Witnessing, request: IncomingMessage): Promise<WitnessAnswer> {
  const path = (request.url ?? '').slice(1);
  if (request.method === 'POST' && path === ADD_CHECKPOINT) {
    const body = await bodyOf(request);
    return body === undefined ? { status: 413, body: '' } : await witness.addCheckpoint(body);
  }
  const [, origin] = /^([0-9a-f]{64})\/checkpoint$/.exec(path) ?? [];
  return request.method === 'GET' && origin !== undefined
    ? await witness.lastOf(origin)
    : { status: 404, body: '' };
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > LONGEST_BODY) return undefined;
  }
  return Buffer.concat(parts).toString('utf8');
}

function fail(response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(500);
  response.end();
}

async function text(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileError(file, error);
  });
}

function parsed(policy: string) {
  try {
    return parseTlogPolicy(policy);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DomainError('EID_ERR_USAGE', { reason: error.message });
  }
}
