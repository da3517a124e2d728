import type { FastifyRequest } from 'fastify';
import type { CommandResult } from '../../schemas/http/command.ts';
import { accessing, recorded } from '../access-history/recorded.ts';
import { callerOf } from '../caller.ts';
import type { Api } from '../context.ts';
import { perform, type SentCommand } from './perform.ts';

/**
 * Carries out a command that came with a request, and records who gave it and what became of it.
 * @param first may refuse before anything of the command is done
 * @throws what {@link perform} does; EID_ERR_UNAVAILABLE when that cannot be recorded, and then the same key finds what it led to
 */
export function given(
  api: Api,
  request: FastifyRequest,
  sent: SentCommand,
  first?: () => Promise<void>,
): Promise<CommandResult> {
  const { stream, caseType, type, key, said } = sent;
  const taskId = typeof said.taskId === 'string' ? { taskId: said.taskId.slice(0, 120) } : {};
  const access = accessing(api, 'COMMAND', { stream, caseType, ...taskId }, { type, id: key });
  return recorded(api, request, access, async () => {
    await first?.();
    return await perform(api, callerOf(request).actor, sent, access);
  });
}
