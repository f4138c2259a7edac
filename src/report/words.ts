/** Phrases that the page and the Markdown share. */
import type { Direction, Severity } from '../model/index.ts';
import { counted } from './printable.ts';
import type { EstateView, PactView, Verdict } from './view.ts';

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'Nothing blocks',
  fail: 'Not ready',
  inconclusive: 'Not decided',
};

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'info' };

export const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  toVendor: 'canonical to vendor',
  toCanonical: 'vendor to canonical',
};

export const PACT_WORDS: Readonly<Record<PactView['state'], string>> = {
  verified: 'verified',
  failed: 'failed',
  outdated: 'changed since it was verified',
  never: 'never verified',
};

/** The whole in two sentences. */
export function ledeOf(view: EstateView): string {
  const { contracts, consumers, systems, deprecations, tally, verdict } = view;
  const parts = [
    counted(contracts.length, 'contract'),
    counted(systems.length, 'system'),
    counted(consumers.length, 'consumer'),
  ];
  const leaving =
    deprecations.length === 0 ? 'nothing is deprecated' : `${counted(deprecations.length, 'contract')} on the way out`;
  const verdicts: Readonly<Record<Verdict, string>> = {
    pass:
      tally.warn === 0 ? 'Nothing stands in the way.' : `Nothing blocks; ${counted(tally.warn, 'warning')} to look at.`,
    fail: `${counted(tally.error, 'error')} must be mended or waived first.`,
    inconclusive: 'Part of the evidence is missing, so nothing is decided.',
  };
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}; ${leaving}. ${verdicts[verdict]}`;
}
