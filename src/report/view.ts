/** What goes into the page of an estate, and what its view model looks like. Plain data on both sides. */
import type { Deprecation, Waived } from '../lifecycle/index.ts';
import type {
  ContractKind,
  Direction,
  Edge,
  Estate,
  Evidence,
  Finding,
  Known,
  Mapping,
  Severity,
} from '../model/index.ts';
import type { Dependencies } from './dependencies.ts';

export interface EstateFacts {
  readonly estate: Estate;
  /** What is left to answer for; locations as the reader would type them. */
  readonly findings: readonly Finding[];
  readonly waived: readonly Waived[];
  readonly verdict: Verdict;
  readonly edges: readonly Edge[];
  readonly deprecations: readonly Deprecation[];
  readonly evidence: readonly Evidence[];
  readonly counts: {
    readonly rules: number;
    readonly policies: number;
    readonly examples: number;
    readonly interactions: number;
    readonly mappingTests: number;
  };
  readonly comparison: ComparisonFacts | undefined;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Name and version of the program. */
  readonly generator: string;
}

export interface ComparisonFacts {
  /** What was compared with, for people. */
  readonly base: string;
  /** Ids of the contracts that both states have. */
  readonly compared: readonly string[];
  readonly unproven: readonly { readonly subject: string; readonly reason: string }[];
}

export type Verdict = 'pass' | 'fail' | 'inconclusive';
export type Tally = Readonly<Record<Severity, number>>;

/** Something with an id, by the name that people use. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Figure {
  readonly label: string;
  readonly value: number;
  readonly detail: string;
}

export interface ContractView extends Named {
  readonly kind: ContractKind;
  readonly version: string;
  /** E.g. `OpenAPI 3.1.0`. */
  readonly format: string;
  readonly status: string | undefined;
  readonly layer: string | undefined;
  readonly owner: Named | undefined;
  readonly system: Named | undefined;
  readonly classification: string | undefined;
  readonly operations: number;
  readonly messages: number;
  /** Consumers that use the contract itself. */
  readonly consumers: readonly Named[];
  /** Other contracts that refer to it, call it or map it. */
  readonly dependants: readonly Named[];
  readonly findings: Tally;
}

export interface DeprecationView extends Named {
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly daysLeft: number | undefined;
  readonly successors: readonly Named[];
  readonly consumers: readonly Named[];
  readonly guide: string | undefined;
}

export interface SystemView extends Named {
  readonly description: string;
  readonly hosting: string;
  readonly owner: Named;
  readonly records: readonly { readonly entity: string; readonly attributes: string }[];
  /** Contracts that it provides. */
  readonly contracts: readonly Named[];
  readonly release: { readonly current: string | undefined; readonly next: string | undefined } | undefined;
}

/** One row of a contract's `systemOfRecord` map. */
export interface RecordView {
  readonly contract: Named;
  readonly entity: string;
  readonly attributes: readonly string[];
  readonly system: Named;
}

export interface Use {
  readonly id: string;
  readonly contract: Named;
  /** Operation or message; empty where the whole contract is meant. */
  readonly part: string;
  readonly relation: string;
  /** Every way in which it is known, weakest first. */
  readonly known: readonly Known[];
  readonly purpose: string | undefined;
  /** Fields that its pacts show it to read and write. */
  readonly reads: number;
  readonly writes: number;
  readonly isDeprecated: boolean;
  /** `file:line` of the strongest proof. */
  readonly source: string;
}

export interface ConsumerView extends Named {
  readonly description: string | undefined;
  readonly owner: Named | undefined;
  readonly system: Named | undefined;
  readonly uses: readonly Use[];
}

export interface MappingView extends Named {
  readonly version: string;
  readonly owner: Named | undefined;
  /** What it maps between, down to the schema. */
  readonly sides: { readonly canonical: string; readonly vendor: string };
  /** Fields of the target that it fills, in each direction. */
  readonly mapped: Readonly<Record<Direction, number>>;
  readonly tests: number;
  readonly lost: Mapping['lost'];
  /** What it takes for granted about documents beyond their schemas. */
  readonly assumes: readonly AssumptionView[];
}

export interface AssumptionView {
  readonly direction: Direction;
  /** The field it is about; undefined for the whole document. */
  readonly field: string | undefined;
  readonly reason: string;
}

export interface WorkflowView extends Named {
  readonly version: string;
  readonly contract: Named;
  readonly summary: string | undefined;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly name: string;
  readonly description: string | undefined;
  /** Id of the operation that it calls; undefined where it names none that is known. */
  readonly operation: string | undefined;
  /** What the step itself says that it calls. */
  readonly stated: string | undefined;
}

export interface FindingView {
  readonly severity: Severity;
  readonly rule: string;
  readonly subject: string;
  readonly message: string;
  /** `file:line`. */
  readonly place: string;
  readonly affected: readonly Named[];
}

export interface WaiverView {
  readonly id: string;
  readonly rule: string;
  readonly subject: string;
  readonly reason: string;
  readonly owner: Named;
  readonly author: string;
  readonly approver: string;
  readonly expires: string;
  readonly daysLeft: number;
  /** How many findings of this run it sets aside. */
  readonly excuses: number;
}

export interface ChangesView {
  readonly base: string;
  readonly compared: number;
  readonly unproven: number;
  readonly findings: readonly FindingView[];
}

export interface EstateView {
  readonly label: string;
  readonly today: string;
  readonly generator: string;
  readonly verdict: Verdict;
  /** Of everything found, what the change breaks included. */
  readonly tally: Tally & { readonly waived: number };
  readonly figures: readonly Figure[];
  readonly changes: ChangesView | undefined;
  readonly dependencies: Dependencies;
  readonly contracts: readonly ContractView[];
  readonly deprecations: readonly DeprecationView[];
  readonly systems: readonly SystemView[];
  readonly records: readonly RecordView[];
  readonly consumers: readonly ConsumerView[];
  readonly pacts: readonly PactView[];
  readonly mappings: readonly MappingView[];
  readonly workflows: readonly WorkflowView[];
  /** Without what the change breaks, which is told apart. */
  readonly findings: readonly FindingView[];
  readonly waivers: readonly WaiverView[];
  readonly unknowns: readonly Unknown[];
}

export interface PactView {
  readonly consumer: Named;
  readonly provider: Named;
  readonly file: string;
  readonly interactions: number;
  /** `outdated`: it passed once, but with other content; a verification holds for that content only. */
  readonly state: 'verified' | 'failed' | 'outdated' | 'never';
  /** Day and target of the latest run that the state is told from. */
  readonly at: string | undefined;
  readonly target: string | undefined;
}

export interface Unknown {
  readonly title: string;
  /** What follows for the reader. */
  readonly why: string;
  readonly items: readonly string[];
}
