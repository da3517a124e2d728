import { EngineError } from './error.ts';
import { addressVariables } from './resolve.ts';
import type { Engine, EngineName } from './types.ts';

/** A server that the environment named: it is asked, never started or stopped. Throws `EID_ERR_ENGINE_START` when it does not answer. */
export async function useExternal(
  name: EngineName,
  address: string,
  check: () => Promise<boolean>,
): Promise<Engine> {
  const refuse = async (): Promise<never> => {
    throw new EngineError('EID_ERR_ENGINE_EXTERNAL', `${name} runs elsewhere (${addressVariables[name]})`);
  };
  try {
    if (!(await check())) throw new Error('no answer');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError('EID_ERR_ENGINE_START', `${name} at ${addressVariables[name]}: ${why}`, { cause });
  }
  return {
    name,
    pid: undefined,
    address,
    logFile: '',
    kill: refuse,
    restart: refuse,
    healthy: () => check().catch(() => false),
  };
}
