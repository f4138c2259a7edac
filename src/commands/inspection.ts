/** The main job: everything that can be said about an estate, in one pass. `check` prints it, `report` draws it. */
import { type Comparison, changeFindings, compare } from '../compat/index.ts';
import { inspectCoverage } from '../coverage/index.ts';
import { edgesOf, inspectGraph } from '../graph/index.ts';
import { applyWaivers, type Deprecation, deprecationsOf, inspectLifecycle, type Waived } from '../lifecycle/index.ts';
import { beginLint, type Selection } from '../lint/index.ts';
import { beginValidation } from '../load/documents.ts';
import { interactionsOf, type LoadedConfig, sourceId } from '../load/index.ts';
import {
  compareFindings,
  type Edge,
  type Estate,
  type Evidence,
  type Finding,
  type ResultCache,
  type Rule,
} from '../model/index.ts';
import { policyRules as estatePolicies, inspectPolicies } from '../policy/index.ts';
import { checkExamples } from '../verify/examples.ts';
import { checkLayouts } from '../verify/layouts.ts';
import { checkMappings } from '../verify/mappings.ts';
import { checkPacts } from '../verify/pacts.ts';
import { type ChosenRuleset, policySettings } from './rulesets.ts';
import type { SecondThread } from './second-thread.ts';
import { noticeDaysOf } from './workspace.ts';

export interface InspectionOptions {
  readonly config: LoadedConfig;
  /** Those of the configuration, which may still be loading. */
  readonly rulesets: Promise<readonly ChosenRuleset[]>;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Other rulesets than the estate's own are in force: a waiver of a rule that is not among them says nothing. */
  readonly apart?: boolean;
  readonly evidence: readonly Evidence[];
  readonly base: Estate | undefined;
  readonly secondThread: SecondThread;
  readonly cache: ResultCache;
}

export interface Inspection {
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
  readonly edges: readonly Edge[];
  readonly deprecations: readonly Deprecation[];
  readonly comparison: Comparison | undefined;
  /** Whether something could not be looked at: then nothing passes. */
  readonly incomplete: boolean;
  /** Whether a rule's check was part of this run. */
  readonly ran: (rule: string) => boolean;
  /** Whether the file that an id `source:…` names is not in the estate. */
  readonly isGone: (source: string) => boolean;
  /** Rules that could have fired, lint rules included. */
  readonly rules: readonly Rule[];
  readonly counts: {
    /** Lint rules in force, and those of them that serve a policy. */
    readonly rules: number;
    readonly policyRules: number;
    /** These and the policies that look across contracts. */
    readonly policies: number;
    readonly examples: number;
    /** Example files that were read by their layouts. */
    readonly exampleFiles: number;
    readonly interactions: number;
    /** With their variants. */
    readonly mappingTests: number;
  };
}

/** Looks at everything. Throws a {@link UsageError} where the configuration cannot be followed. */
export async function inspect(estate: Estate, options: InspectionOptions): Promise<Inspection> {
  const { today, cache, secondThread } = options;
  const policies = policySettings(options.config);
  // What the second thread does is begun first and awaited last. A document may take all its time, so they come after.
  const selections = selectContracts(estate, await options.rulesets);
  const linted = await beginLint(estate, selections, cache);
  const validated = await beginValidation(estate, secondThread.openDiagnosis, cache);

  const edges = edgesOf(estate, options.evidence, cache);
  const examples = checkExamples(estate, cache);
  const layouts = checkLayouts(estate);
  const noticeDays = noticeDaysOf(options.config);
  const comparison = options.base && (await compare(options.base, estate, { today, noticeDays }));
  const found = [
    ...estate.findings,
    ...examples.findings,
    ...layouts.findings,
    ...(await checkMappings(estate, cache)),
    ...(await checkPacts(estate, cache)),
    ...inspectGraph(estate, edges),
    ...inspectCoverage(estate, edges),
    ...inspectLifecycle(estate, edges, { today, noticeDays }),
    ...inspectPolicies({ estate, edges, today }, policies),
    // What is gone is used by those who used it before.
    ...(comparison
      ? changeFindings(hurting(comparison), [...edges, ...edgesOf(options.base!, options.evidence, cache)])
      : []),
    ...(await linted()),
    ...(await validated()),
  ];
  const lintRules = selections.flatMap(({ ruleset }) => [...ruleset.rules.values()]);
  const lintIds = new Set(lintRules.map(({ id }) => id));
  const policyRules = new Set(lintRules.filter(rule => (rule.policies ?? []).length > 0).map(({ id }) => id));
  const ran = (rule: string) =>
    (comparison !== undefined || !rule.startsWith('compat/')) &&
    (!options.apart || !rule.startsWith('lint/') || lintIds.has(rule)) &&
    policies[rule] !== 'off';
  const sources = new Set([...estate.files.keys()].map(sourceId));
  const isGone = (source: string) => !sources.has(source);
  const { findings, waived } = applyWaivers(distinct(found), estate.waivers, today, ran, isGone);
  return {
    findings: [...findings].sort(compareFindings),
    waived,
    edges,
    deprecations: deprecationsOf(estate, edges, today),
    comparison,
    incomplete: comparison !== undefined && comparison.unproven.length > 0,
    ran,
    isGone,
    rules: lintRules,
    counts: {
      rules: lintIds.size,
      policyRules: policyRules.size,
      policies: policyRules.size + estatePolicies.filter(({ id }) => policies[id] !== 'off').length,
      examples: examples.checked,
      exampleFiles: layouts.checked,
      interactions: estate.pacts.reduce((sum, pact) => sum + interactionsOf(pact).length, 0),
      mappingTests: estate.mappings
        .flatMap(({ value }) => value.tests)
        .reduce((sum, { variants = [] }) => sum + 1 + variants.length, 0),
    },
  };
}

/** A gate asks what breaks; what is offered in addition stands in the release notes. */
function hurting(comparison: Comparison): Comparison {
  return { ...comparison, changes: comparison.changes.filter(({ action }) => action !== 'added') };
}

/** Which ruleset applies to which contracts, by layer; a contract without a layer gets the first. */
function selectContracts(estate: Estate, rulesets: readonly ChosenRuleset[]): Selection[] {
  return rulesets.map(({ ruleset, layers }, index) => ({
    ruleset,
    contracts: estate.contracts.filter(({ governance }) => {
      const layer = governance?.layer;
      return layer === undefined ? index === 0 : layers.includes(layer);
    }),
  }));
}

/** The same fault can be seen from two places, e.g. a schema used in two media types: the graver sighting stays. */
function distinct(findings: readonly Finding[]): Finding[] {
  const first = new Map<string, Finding>();
  for (const found of [...findings].sort(compareFindings)) {
    if (!first.has(found.fingerprint)) first.set(found.fingerprint, found);
  }
  return [...first.values()];
}
