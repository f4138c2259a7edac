/** Which pacts a provider was run against, and whether that still holds for what they say today. */
import { createHash } from 'node:crypto';
import { interactionsOf } from '../load/index.ts';
import { canonicalJson, type Estate, type Evidence } from '../model/index.ts';
import type { Named, PactView } from './view.ts';

export function pactViews(estate: Estate, evidence: readonly Evidence[], nameOf: (id: string) => Named): PactView[] {
  return estate.pacts.map(pact => {
    const consumer = `consumer:${pact.consumer}`;
    const interactions = interactionsOf(pact);
    const provider = interactions[0]?.contractId ?? `api:${pact.provider}`;
    const hash = createHash('sha256').update(canonicalJson(pact.document)).digest('hex');
    const names = new Set([provider, ...interactions.map(({ contractId }) => contractId)]);
    const runs = evidence.filter(run => run.consumer === consumer && (run.pact === hash || names.has(run.provider)));
    const current = runs.filter(run => run.pact === hash);
    const last = (current.length > 0 ? current : runs).at(-1);
    const state = last === undefined ? 'never' : last.pact !== hash ? 'outdated' : last.success ? 'verified' : 'failed';
    return {
      consumer: nameOf(consumer),
      provider: nameOf(provider),
      file: pact.file.path,
      interactions: interactions.length,
      state,
      at: last?.at.slice(0, 10),
      target: last?.target,
    };
  });
}
