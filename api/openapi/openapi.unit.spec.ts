import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../log/logger.ts';
import { loadAccessTable } from '../../policies/access/load.ts';
import { Problem } from '../../schemas/http/problem.ts';
import { ManyDecisions, ManyProposals } from '../../schemas/http/proposals.ts';
import { exposedCommands } from '../commands/exposed.ts';
import type { Api } from '../context.ts';
import { createServer } from '../server.ts';
import { bodyExamples, commandExamples } from './bodies.ts';
import { problemExample } from './document.ts';
import { headers } from './headers.ts';
import { sentences } from './sentences.ts';
import { tags } from './tags.ts';

type Operation = {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>;
};

describe('the OpenAPI document', () => {
  let app: FastifyInstance;
  let document: {
    readonly openapi: string;
    readonly paths: Record<string, Record<string, Operation>>;
    readonly components: object;
  };
  beforeAll(async () => {
    // Only what is needed to make the document: no route of it is called.
    const api = {
      access: { table: loadAccessTable(), c06Unit: 'C06' },
      log: createLogger('test', { level: 'silent' }),
      bodyLimit: 1_000,
      limits: {
        callsPerMinute: 1,
        refusedTokensPerMinute: 1,
        requestMs: 1,
        connections: 1,
        trustedProxies: '',
      },
      streams: { perCaller: 1, heartbeatMs: 1, paceMs: 1 },
      stopping: new AbortController().signal,
      metrics: new Registry(),
    } as unknown as Api;
    app = await createServer(api);
    await app.ready();
    document = app.swagger() as unknown as typeof document;
  });
  afterAll(() => app.close());
  const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods));

  it('is of version 3.1, and every reference in it resolves', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const text = JSON.stringify(document);
    const names = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name),
    );
    const { schemas } = document.components as { readonly schemas: Record<string, unknown> };
    expect([...names].filter((name) => name !== undefined && !(name in schemas))).toEqual([]);
    expect(Object.keys(schemas).filter((name) => !names.has(name))).toEqual([]);
  });

  it('names every operation once, and says what it is for', () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operationId, summary, tags } of operations()) {
      expect(operationId, JSON.stringify(summary)).toMatch(/^[A-Za-z][A-Za-z-]+$/);
      expect(summary, operationId).toMatch(/ /);
      expect(tags?.length, operationId).toBeGreaterThan(0);
    }
  });

  it('describes every answer, refusals as problems', () => {
    for (const { operationId, responses } of operations())
      for (const [status, { description, content }] of Object.entries(responses)) {
        expect(description.length, `${operationId} ${status}`).toBeGreaterThan(0);
        if (Number(status) >= 400 && status !== '503')
          expect(Object.keys(content ?? {}), `${operationId} ${status}`).toEqual([
            'application/problem+json',
          ]);
      }
  });

  it('has a sentence of its own for every command', () => {
    const types = exposedCommands(loadAccessTable()).map(({ type }) => type);
    expect(types.filter((type) => !(type in sentences))).toEqual([]);
    expect(Object.keys(sentences).filter((type) => !types.includes(type))).toEqual([]);
  });

  it('describes every tag, and every header of an answer', () => {
    const named = new Set(operations().flatMap(({ tags = [] }) => tags));
    expect([...named].filter((name) => !tags.some((tag) => tag.name === name))).toEqual([]);
    const text = JSON.stringify(document.paths);
    for (const name of Object.keys(headers)) expect(text, name).toContain(`#/components/headers/${name}`);
  });

  it('has an example for every body', () => {
    const without = operations().filter(
      ({ requestBody }) => requestBody && requestBody.content['application/json']?.example === undefined,
    );
    expect(without.map(({ operationId }) => operationId)).toEqual([]);
  });
});

describe('the examples', () => {
  const commands = exposedCommands(loadAccessTable());
  it.each(commands.map((command) => [command.type, command] as const))(
    'of %s has the shape of its body',
    (type, { body }) => {
      expect(body.safeParse(commandExamples[type]).error?.issues).toBeUndefined();
    },
  );
  it('of lists and of problems have theirs', () => {
    expect(ManyDecisions.safeParse(bodyExamples['decide-registrations']).error?.issues).toBeUndefined();
    expect(ManyProposals.safeParse(bodyExamples['propose-on-list']).error?.issues).toBeUndefined();
    for (const status of ['400', '403', '412', '503'])
      expect(Problem.safeParse(problemExample(status)).success).toBe(true);
  });
  it('are of commands that there are', () => {
    const types = new Set(commands.map(({ type }) => type));
    expect(Object.keys(commandExamples).filter((type) => !types.has(type))).toEqual([]);
  });
});
