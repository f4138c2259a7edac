/** Spectral on the documents of an estate. */
import { type ISpectralDiagnostic, Spectral } from '@stoplight/spectral-core';
import type { JsonObject } from '../model/index.ts';
import { ruleId, severityOf } from './documentation.ts';
import { problemsOf } from './error.ts';
import { particularsOf } from './particulars.ts';
import { estateResolver, type ResolverOf } from './resolver.ts';
import { factsKey, type LoadedRuleset, loadRuleset } from './ruleset.ts';
import type { LintDocument, LintResult, LintWork, OpenRuleset, Sighting } from './work.ts';

/** A ruleset that runs in this thread. */
export type RulesetHere = OpenRuleset & Pick<LoadedRuleset, 'ruleset'>;

/** See loadRuleset of index.ts. */
export async function openRuleset(root: string, name: string): Promise<RulesetHere> {
  const loaded = await loadRuleset(root, name);
  let turn: Promise<unknown> = Promise.resolve();
  const opened: RulesetHere = {
    name,
    rules: loaded.rules,
    identity: undefined,
    open: async () => opened,
    ruleset: loaded.ruleset,
    lint(work) {
      // One after the other, since all put aside in one place what their functions state.
      const results = turn.then(() => lintAll(loaded, work));
      turn = results.catch(() => undefined);
      return results;
    },
  };
  return opened;
}

/**
 * Works on a copy, as it does where the work comes from another thread: js-yaml makes objects without a prototype, on
 * which rules may fail.
 */
async function lintAll(loaded: LoadedRuleset, work: LintWork): Promise<LintResult[]> {
  const { documents, targets } = structuredClone(work);
  const resolverOf = estateResolver(targets);
  const results: LintResult[] = [];
  for (const document of documents) results.push(await lintOne(loaded, document, resolverOf));
  return results;
}

async function lintOne(loaded: LoadedRuleset, document: LintDocument, resolverOf: ResolverOf): Promise<LintResult> {
  // What functions state is looked up by rule and message, so it must not come from another document.
  loaded.facts.clear();
  try {
    const found = await run(loaded, document, resolverOf);
    return { sightings: found.flatMap(result => sightingsFrom(loaded, result)) };
  } catch (cause) {
    // One malformed document must not keep the others from being linted.
    return { problems: [...new Set(problemsOf(cause))] };
  }
}

async function run(
  loaded: LoadedRuleset,
  document: LintDocument,
  resolverOf: ResolverOf,
): Promise<ISpectralDiagnostic[]> {
  // The ruleset, which is dear to build, is shared; an instance for each resolver costs nothing.
  const spectral = new Spectral({ resolver: resolverOf(document) });
  spectral.setRuleset(loaded.ruleset);
  // Already parsed. It has no source on purpose: Spectral would look for results behind a reference in documents that it
  // has parsed itself, and gets them wrong for keys such as `$defs`. Without one it leaves the path as it was.
  return spectral.run({
    parsed: { data: document.root, diagnostics: [], ast: undefined, lineMap: [] },
    getLocationForJsonPath: () => undefined,
  });
}

function sightingsFrom(loaded: LoadedRuleset, { code, message, path, severity }: ISpectralDiagnostic): Sighting[] {
  const rule = ruleId(String(code));
  // Parser, reference and format diagnostics belong to no rule, and loading has said what there is to say.
  if (!loaded.rules.has(rule)) return [];
  const isResolved = loaded.ruleset.rules[code]?.resolved === true;
  const facts = particulars(loaded, String(code), message);
  return [{ rule, severity: severityOf(severity), message, path: [...path], isResolved, facts }];
}

/**
 * What tells two faults of one rule at one place apart. Our own functions state it. For the rules of others there is only
 * the message: of that the quoted names, which survive rewording, and only where there are none the text itself.
 */
function particulars(loaded: LoadedRuleset, code: string, message: string): JsonObject {
  const stated = loaded.facts.get(factsKey(code, message));
  if (stated) return stated;
  const template = loaded.ruleset.rules[code]?.message ?? null;
  const isConstant = template === null ? message === loaded.ruleset.rules[code]?.description : !template.includes('{{');
  if (isConstant) return {};
  return particularsOf(message);
}
