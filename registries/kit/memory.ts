import { LRUCache } from 'lru-cache';
import type { Reply } from './adapter.ts';

/** Final replies by question id. Give `runAdapter` one that outlives the process where asking twice does harm. */
export type ReplyMemory = {
  get(questionId: string): Promise<Reply | undefined>;
  put(questionId: string, reply: Reply): Promise<void>;
};

/** The newest replies, for as long as the process lives. */
export function memoryOfReplies(max = 10_000): ReplyMemory {
  const replies = new LRUCache<string, Reply>({ max });
  return {
    get: async (questionId) => replies.get(questionId),
    put: async (questionId, reply) => void replies.set(questionId, reply),
  };
}
