/** Validates documents in a thread of its own: the libraries take seconds of CPU, and the rest need not wait. */
import { parentPort, workerData } from 'node:worker_threads';
import { diagnose, type Submission } from './specification.ts';

const { submissions, files } = workerData as {
  readonly submissions: readonly Submission[];
  readonly files: ReadonlyMap<string, string>;
};
// One message each, so that one document that never ends does not take the others with it.
for (const submission of submissions) parentPort?.postMessage(await diagnose(submission, files));
