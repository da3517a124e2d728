import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Narrative } from '../model.ts';

const THREAD = new URL('pdfThread.mjs', import.meta.url);
/** Of the thread, in MB: a document that needs more fails by itself. */
const MOST_MEMORY = 1_024;

let turn: Promise<unknown> = Promise.resolve();

/**
 * The PDF of `narrativePdf`, made in a thread of its own, one after another: a long case takes seconds, in which this process goes on
 * answering others.
 */
export function narrativePdfApart(narrative: Narrative): Promise<Buffer> {
  const made = turn.then(() => make(narrative));
  turn = made.catch(() => {});
  return made;
}

async function make(narrative: Narrative): Promise<Buffer> {
  const thread = new Worker(THREAD, {
    workerData: narrative,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
  });
  const [bytes] = (await once(thread, 'message')) as [Uint8Array];
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
