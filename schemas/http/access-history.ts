import { z } from 'zod';
import { AccessAction, AccessFilters } from '../access-history.ts';
import { StreamId } from '../codes.ts';
import { after, listOf, whole } from './query.ts';

const paging = {
  limit: whole(1, 200).default(50).describe('50 when not given'),
  after: after.optional(),
};

/** What narrows the access history down, in an address. */
export const AccessHistoryParameters = z.strictObject({
  stream: listOf(StreamId, 20).optional(),
  actorId: AccessFilters.shape.actorId,
  action: listOf(AccessAction, 20).optional(),
  result: AccessFilters.shape.result,
  from: AccessFilters.shape.from,
  to: AccessFilters.shape.to,
  ...paging,
});
export type AccessHistoryParameters = z.infer<typeof AccessHistoryParameters>;

export const OwnAccessHistoryParameters = z.strictObject(paging);
export type OwnAccessHistoryParameters = z.infer<typeof OwnAccessHistoryParameters>;
