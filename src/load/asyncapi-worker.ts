import { parentPort, workerData } from 'node:worker_threads';
import { type AsyncApiDocument, diagnose } from './asyncapi-diagnostics.ts';

const { documents, files } = workerData as {
  readonly documents: readonly AsyncApiDocument[];
  readonly files: ReadonlyMap<string, string>;
};
const results = [];
for (const document of documents) results.push(await diagnose(document, files));
parentPort?.postMessage(results);
