import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DomainError } from '../../domain/error.ts';
import { ManyHeaders } from '../../schemas/http/headers.ts';
import {
  ListName,
  ManyDecisions,
  ManyProposals,
  ManyResults,
  ProposalListPage,
  ProposalListsParameters,
  ProposalPage,
  ProposalsParameters,
} from '../../schemas/http/proposals.ts';
import { areOnList } from '../../store/proposals.ts';
import { counted, listing } from '../access-history/listing.ts';
import { accessing, recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import { given } from '../commands/given.ts';
import type { Api } from '../context.ts';
import { languageOf, problemOf } from '../problem.ts';
import { refusals } from '../responses.ts';
import { proposalLists, proposalsOn } from './listing.ts';
import { giveMany, type Many } from './many.ts';
import { mustBeOnList } from './onList.ts';
import { decisionPieces, listId, type Piece, proposalPieces } from './pieces.ts';

const tags = ['proposal-lists'];
const params = z.object({ list: ListName });
const reading = refusals(400, 401, 403, 422, 429, 503);
const commanding = refusals(400, 401, 403, 413, 415, 422, 429, 503);
const description =
  'Each item is a command of its own, and its result stands in its place: what is refused undoes nothing. Sent again under the same ' +
  'Idempotency-Key, the same list gives the same results, and what was not answered is finished.';

/** C06 proposes to the Director by list, and the Director decides many requests at once (training slide 15; Decree 69/2024 Art 16). */
export const proposalListRoutes: FastifyPluginAsyncZod<{ readonly api: Api }> = async (app, { api }) => {
  const many = async (
    request: FastifyRequest,
    list: Pick<Many, 'type' | 'name' | 'pieces'>,
    key: string,
    first?: (piece: Piece, index: number) => Promise<void>,
  ): Promise<ManyResults> => {
    const what = { question: { list: list.name, items: list.pieces.length } };
    const access = accessing(api, 'COMMAND', what, { type: list.type, id: listId(key) });
    return await recorded(api, request, access, async () => {
      const results = await giveMany(api, callerOf(request).actor, {
        ...list,
        key,
        sent: request.body,
        correlationId: request.id,
        give: (sent, piece, index) => given(api, request, sent, first && (() => first(piece, index))),
        told: ({ code, details }: DomainError) =>
          problemOf(code, details, { language: languageOf(request), correlationId: request.id }),
      });
      access.what = { ...what, results: results.done };
      return results;
    });
  };

  app.get(
    '/proposal-lists',
    {
      schema: {
        operationId: 'list-proposal-lists',
        tags,
        summary: 'List the proposal lists on which requests wait for the Director',
        querystring: ProposalListsParameters,
        response: { 200: ProposalListPage, ...reading },
      },
    },
    (request) => {
      const access = listing(api, request, 'LIST', ['registration'], ['C06', 'AUDITOR']);
      return recorded(api, request, access, () =>
        counted(access, proposalLists(api, callerOf(request).actor, request.query)),
      );
    },
  );
  app.get(
    '/proposal-lists/:list',
    {
      schema: {
        operationId: 'read-proposal-list',
        tags,
        summary: 'Read what waits on a proposal list, with what the decision rests on',
        params,
        querystring: ProposalsParameters,
        response: { 200: ProposalPage, ...reading },
      },
    },
    (request) => {
      const { list } = request.params;
      const access = listing(api, request, 'LIST', ['registration'], ['C06', 'AUDITOR']);
      access.what = { question: { ...access.what.question, list } };
      return recorded(api, request, access, () =>
        counted(access, proposalsOn(api, callerOf(request).actor, list, request.query)),
      );
    },
  );
  app.post(
    '/proposal-lists/:list/decisions',
    {
      schema: {
        operationId: 'decide-proposal-list',
        tags,
        summary: 'Decide many requests of a proposal list at once',
        description,
        params,
        headers: ManyHeaders,
        body: ManyDecisions,
        response: { 200: ManyResults, ...commanding },
      },
    },
    async (request) => {
      const { list } = request.params;
      const pieces = decisionPieces(request.body);
      const on = await areOnList(api.pool, list, pieces);
      const mustBeThere = async (piece: Piece, index: number) => {
        if (!on[index]) await mustBeOnList(api, callerOf(request).actor, list, piece);
      };
      const decisions = { type: 'DecideRequest', name: `decisions of ${list}`, pieces } as const;
      return await many(request, decisions, request.headers['idempotency-key'], mustBeThere);
    },
  );
  app.post(
    '/proposal-lists/:list/proposals',
    {
      schema: {
        operationId: 'propose-on-list',
        tags,
        summary: 'Put many requests on a proposal list at once',
        description,
        params,
        headers: ManyHeaders,
        body: ManyProposals,
        response: { 200: ManyResults, ...commanding },
      },
    },
    (request) => {
      const { list } = request.params;
      const proposals = {
        type: 'ProposeIssuance',
        name: `proposals on ${list}`,
        pieces: proposalPieces(list, request.body),
      } as const;
      return many(request, proposals, request.headers['idempotency-key']);
    },
  );
  app.post(
    '/registrations/decisions',
    {
      schema: {
        operationId: 'decide-registrations',
        tags: ['registrations'],
        summary: 'Decide many requests at once, of whatever list',
        description,
        headers: ManyHeaders,
        body: ManyDecisions,
        response: { 200: ManyResults, ...commanding },
      },
    },
    (request) => {
      const decisions = {
        type: 'DecideRequest',
        name: 'decisions',
        pieces: decisionPieces(request.body),
      } as const;
      return many(request, decisions, request.headers['idempotency-key']);
    },
  );
};
