import type { Onlooker } from '../../domain/inbox/sight.ts';
import type { Actor } from '../../schemas/actor.ts';

/** A caller as an inbox sees them. Whoever audits, or is another system, does no office's work, whatever other roles a token carries. */
export const onlookerOf = ({ id, roles, unit }: Actor): Onlooker =>
  roles.includes('AUDITOR') || roles.includes('SERVICE')
    ? { id, roles: [] }
    : { id, roles, ...(unit === undefined ? {} : { unit }) };
