/** Validates documents in a thread of its own: the libraries take seconds of CPU, and the rest need not wait. */
import { parentPort } from 'node:worker_threads';
import { diagnose, type ValidationJob } from './specification.ts';

parentPort?.on('message', async ({ submissions, files }: ValidationJob) => {
  // One answer each, so that one document that never ends does not take the others with it.
  for (const submission of submissions) parentPort?.postMessage(await diagnose(submission, files));
});
