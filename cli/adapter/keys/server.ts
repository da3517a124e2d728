import type { Pool } from 'pg';
import { natsAccounts } from '../../../bus/permissions/config.ts';
import { DomainError } from '../../../domain/error.ts';
import { writeUsers } from '../../../engines/natsUsers.ts';
import { admittedParties } from '../../../store/adapters.ts';

/**
 * Has the embedded server in the folder of a run read its users anew; nothing without a folder. Mocks are played there, so they may
 * be commanded.
 * @throws DomainError EID_ERR_USAGE when no server runs there; EngineError EID_ERR_ENGINE_USERS
 */
export async function readAnew(pool: Pool, dataDir: string | undefined): Promise<void> {
  if (dataDir === undefined) return;
  const users = natsAccounts(await admittedParties(pool), { rehearsal: true });
  if (!(await writeUsers(dataDir, users))) {
    throw new DomainError('EID_ERR_USAGE', { reason: `no NATS server runs in ${dataDir}` });
  }
}
