import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoggedEvent } from '../../schemas/case.ts';
import type { History } from './history.ts';
import { type Policies, unpack } from './packed.ts';
import type { Standing } from './standing.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const project = new URL('../../package.json', import.meta.url);

/** The release that the sources are on the way to: the version in package.json. */
export const release: string = (JSON.parse(readFileSync(project, 'utf8')) as { version: string }).version;

export const folderOf = (of: string): string => join(root, of);
/** Which states the histories of a release are in, and the policies that they pin. */
export const indexOf = (of: string): string => join(folderOf(of), 'states.json');
export const policiesOf = (of: string): string => join(folderOf(of), 'policies.json');
/** What the log held of each case when its history was read. */
export const logsOf = (of: string): string => join(folderOf(of), 'logs.json');
const besides = new Set(['states.json', 'policies.json', 'logs.json']);

/** What a history is an example of: its workflow, and for a case how it stood when the history was read. */
export type Recorded = { readonly workflow: string; readonly standing?: Standing };
/** The histories of a release, by name. */
export type Index = Readonly<Record<string, Recorded>>;
/** An event without its place in the chain of the log, which is not the case's own. */
export type LoggedPart = Omit<LoggedEvent, 'position' | 'stream' | 'recordedAt' | 'prevHash' | 'hash'>;
/** The events of each case's stream, by the name of its history. */
export type Logs = Readonly<
  Record<string, { readonly stream: string; readonly facts: readonly LoggedPart[] }>
>;
const readJson = <T>(file: string, otherwise: T): T =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : otherwise;

/** What was recorded for a release; nothing when there is no folder. */
export const readIndex = (of: string): Index => readJson(indexOf(of), {});
export const readLogs = (of: string): Logs => readJson(logsOf(of), {});
export const readPolicies = (of: string): Policies => readJson(policiesOf(of), {});

/** The releases whose cases may still be in flight: those of which there is a folder. */
export const releases = (): readonly string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
    .map(({ name }) => name);

/** Names of the histories in a release's folder. */
export const namesIn = (of: string): readonly string[] =>
  readdirSync(folderOf(of))
    .filter((file) => file.endsWith('.json') && !besides.has(file))
    .map((file) => file.slice(0, -'.json'.length));

/** One recorded history, as the server had it. */
export function readHistory(of: string, name: string): History {
  const packed = readJson<History>(join(folderOf(of), `${name}.json`), { events: [] });
  return unpack(packed, readPolicies(of));
}
