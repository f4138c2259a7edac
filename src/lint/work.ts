/** What passes between those who lint an estate and the engine that runs the rules: plain data, for it may be in another thread. */
import type { Json, JsonObject, Path, Rule, Severity } from '../model/index.ts';

/** A ruleset whose rules are known; it is built when something must be linted. */
export interface Ruleset {
  /** Path of its file from the root of the rulesets. */
  readonly name: string;
  /** Documentation of each rule that is switched on, by the id its findings carry (`lint/…`). */
  readonly rules: ReadonlyMap<string, Rule>;
  /** Stands for all that it may find: see identity.ts. Undefined where that cannot be told. */
  readonly identity: string | undefined;
  readonly open: () => Promise<OpenRuleset>;
}

/** A ruleset that is built, wherever that was done. */
export interface OpenRuleset extends Ruleset {
  /** One result for each document, in their order. Work that was handed over is begun before the call returns. */
  readonly lint: (work: LintWork) => Promise<readonly LintResult[]>;
}

export interface LintWork {
  readonly documents: readonly LintDocument[];
  /** Object with a `$ref`, in a document or in what it refers to → what it leads to. */
  readonly targets: ReadonlyMap<Json, Json>;
}

export interface LintDocument {
  readonly root: JsonObject;
  /** Pointers to what anything in the estate refers to in the document, and to what contains that. */
  readonly used: readonly string[];
}

/** What was found in one document, or why a rule failed to run on it. */
export type LintResult = { readonly sightings: readonly Sighting[] } | { readonly problems: readonly string[] };

/** A fault as a rule sees it; where in the files that is, only the estate can tell. */
export interface Sighting {
  /** `lint/…` */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: Path;
  /** Whether the path is one in the document with its references replaced by what they lead to. */
  readonly isResolved: boolean;
  /** What tells it from other faults of the rule at the same place. */
  readonly facts: JsonObject;
}
