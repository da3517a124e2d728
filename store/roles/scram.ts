import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { DomainError } from '../../domain/error.ts';

const ROUNDS = 4096; // PostgreSQL's own default (scram_iterations)

/**
 * What PostgreSQL keeps of a password (RFC 5803, SCRAM-SHA-256), so that the password itself is in no statement and in no log of the
 * server. For passwords of printable ASCII, which need no normalisation.
 *
 * @throws DomainError `EID_ERR_USAGE` for any other
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  if (!/^[\x20-\x7e]+$/.test(password))
    throw new DomainError('EID_ERR_USAGE', {
      reason: 'a password of PostgreSQL is of printable ASCII characters',
    });
  const salted = pbkdf2Sync(password, salt, ROUNDS, 32, 'sha256');
  const keyOf = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  const server = keyOf('Server Key').toString('base64');
  return `SCRAM-SHA-256$${ROUNDS}:${salt.toString('base64')}$${stored}:${server}`;
}
