// Plain JavaScript: a thread of Node 20 reads no TypeScript before tsx is registered in it.
import { parentPort, workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { narrativePdf } = await import('./pdf.ts');
parentPort?.postMessage(await narrativePdf(workerData));
