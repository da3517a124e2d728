import type { Cases } from '../client/cases.ts';
import { systemActor } from '../domain/deciding.ts';
import type { AccountActivities } from '../workflows/registration.ts';

/** Opens the account of an issued request; opening it twice opens it once, by the command's id. */
export const accountActivities = (cases: Cases): AccountActivities => ({
  async openAccount({ account, data, correlationId }) {
    const command = { id: `${data.request}:open-account`, actor: systemActor, correlationId };
    await cases.send(account, { ...command, type: 'OpenAccount', data });
  },
});
