import { DomainError } from '../../domain/error.ts';

/** Streams that are open at this process, by caller. */
export type Lines = {
  /**
   * Opens one more; call what it returns when it has ended.
   * @throws DomainError EID_ERR_TOO_MANY when the caller has as many as one may have
   */
  open(caller: string): () => void;
};

export function createLines(most: number): Lines {
  const open = new Map<string, number>();
  return {
    open(caller) {
      const held = open.get(caller) ?? 0;
      if (held >= most) throw new DomainError('EID_ERR_TOO_MANY', { streams: most });
      open.set(caller, held + 1);
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        const left = (open.get(caller) ?? 1) - 1;
        if (left > 0) open.set(caller, left);
        else open.delete(caller);
      };
    },
  };
}
