import type { Cases } from '../client/cases.ts';
import { systemActor } from '../domain/deciding.ts';
import type { Queryable } from '../store/pool.ts';
import type { AccountActivities } from '../workflows/registration.ts';
import { takeUpWaiting } from './changes.ts';

/**
 * Opens the account of an issued request, and gives it the changes that registries published meanwhile. Doing it twice
 * does it once, by the commands' ids.
 */
export const accountActivities = (cases: Cases, db: Queryable): AccountActivities => ({
  async openAccount({ account, data, correlationId }) {
    const command = { id: `${data.request}:open-account`, actor: systemActor, correlationId };
    await cases.send(account, { ...command, type: 'OpenAccount', data });
    await takeUpWaiting({ cases, db }, data.organisationKeys);
  },
});
