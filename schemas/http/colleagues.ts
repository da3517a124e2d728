import { z } from 'zod';
import { UnitCode } from '../codes.ts';
import { Role } from '../enums.ts';
import { Colleague } from '../task.ts';
import { after, whole } from './query.ts';

/** People of an office. Without a unit: the caller's own. */
export const ColleaguesParameters = z.strictObject({
  unit: UnitCode.max(60).optional().describe("the caller's own when not given"),
  role: Role.optional(),
  limit: whole(1, 200).default(50).describe('50 when not given'),
  after: after.optional(),
});
export type ColleaguesParameters = z.infer<typeof ColleaguesParameters>;

/** A person whom work can be handed to: by the id. */
export const ColleagueItem = Colleague.pick({ id: true, name: true, roles: true, unit: true });
export type ColleagueItem = z.infer<typeof ColleagueItem>;

/** By name. */
export const ColleaguePage = z.strictObject({ items: z.array(ColleagueItem), next: after.optional() });
export type ColleaguePage = z.infer<typeof ColleaguePage>;
