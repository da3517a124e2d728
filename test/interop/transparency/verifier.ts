import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EngineError } from '../../../engines/error.ts';

const run = promisify(execFile);

/** A signed note, and the keys and witnesses that must all have signed it. */
export type Signed = {
  readonly note: Buffer;
  readonly keys: readonly string[];
  readonly witnesses?: readonly string[];
};

/** What the program is asked; see `question` in main.go. */
export type Question =
  | ({ readonly ask: 'note' | 'checkpoint' } & Signed)
  | ({ readonly ask: 'inclusion'; readonly proof: Buffer; readonly entries: readonly Buffer[] } & Omit<
      Signed,
      'note'
    >)
  | ({ readonly ask: 'consistency'; readonly older: Signed; readonly path: readonly Buffer[] } & Signed)
  | ({ readonly ask: 'tiles'; readonly tiles: string; readonly entries: readonly Buffer[] } & Signed)
  | { readonly ask: 'policy'; readonly policy: Buffer; readonly note: Buffer }
  | { readonly ask: 'names'; readonly names: readonly number[] }
  | { readonly ask: 'make'; readonly origin: string; readonly entries: readonly Buffer[] };

/** What Go made; bytes are base64, of roots and proofs as well. */
export type MadeByGo = {
  readonly Key: string;
  readonly Witness: string;
  readonly Note: string;
  readonly Proofs: readonly string[];
  readonly Roots: readonly string[];
  readonly Consistency: readonly (readonly string[])[];
};

/** `Refused` is empty when the evidence holds. */
export type Answer = {
  readonly Refused: string;
  readonly Text: string;
  readonly Origin: string;
  /** Lines of a checkpoint after its root. */
  readonly Rest: string;
  readonly Size: number;
  readonly Root: string | null;
  /** `Time`: of a cosignature, seconds since the epoch. */
  readonly Signers: readonly { readonly Name: string; readonly ID: string; readonly Time: number }[] | null;
  readonly Names: readonly string[] | null;
  readonly Made: MadeByGo | null;
  /** Whether the cosigners of a note are enough for a policy. */
  readonly Enough: boolean;
};

/** A program built from this folder's Go module, in a folder of its own. */
export type Verifier = {
  ask(questions: readonly Question[]): Promise<readonly Answer[]>;
  remove(): void;
};

/** @throws EngineError EID_ERR_ENGINE_MISSING saying how to get Go */
export async function buildVerifier(): Promise<Verifier> {
  await mustHaveGo();
  const folder = mkdtempSync(join(tmpdir(), 'orgeid-'));
  const program = join(folder, 'verifier');
  await run('go', ['build', '-o', program, '.'], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off', CGO_ENABLED: '0' },
  });
  return {
    async ask(questions) {
      const file = join(folder, 'questions.json');
      writeFileSync(file, JSON.stringify(questions, base64));
      const { stdout } = await run(program, [file], { maxBuffer: 256 * 1024 * 1024 });
      const lines = stdout.split('\n').slice(0, -1);
      if (lines.length !== questions.length)
        throw new Error(`${lines.length} answers to ${questions.length} questions`);
      return lines.map((line): Answer => JSON.parse(line));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function mustHaveGo(): Promise<void> {
  await run('go', ['version']).catch(() => {
    throw new EngineError(
      'EID_ERR_ENGINE_MISSING',
      "Go is missing, which reads the log's evidence in this test: install Go 1.26 or newer from https://go.dev/dl/",
    );
  });
}

/** Go reads bytes in JSON as base64; a Buffer has turned itself into an object before a replacer sees it. */
const base64 = (_: string, value: unknown): unknown =>
  isBufferJson(value) ? Buffer.from(value.data).toString('base64') : value;

const isBufferJson = (value: unknown): value is { data: number[] } =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  value.type === 'Buffer' &&
  'data' in value;
