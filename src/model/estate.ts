import type { Domain } from './domain.ts';
import type { Finding, Location } from './finding.ts';
import type { Consumer, Governance, System, Team, Waiver } from './governance.ts';
import type { Json, JsonObject, Path } from './json.ts';
import type { Layout } from './layout.ts';
import type { Mapping } from './mapping.ts';

/** One parsed file of a snapshot. Positions are computed on first demand: a clean estate never pays for them. */
export interface SourceFile {
  /** Path from the snapshot's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The parsed document; undefined where the text is broken. */
  readonly value: Json | undefined;
  /**
   * Where the value at `path` stands; where it does not exist, its nearest ancestor. `key` points at the property
   * name instead of the value.
   */
  locate(path: Path, part?: 'key' | 'value'): Location;
}

/** A value together with the place it was read from. */
export interface Cursor<T extends Json = Json> {
  readonly file: SourceFile;
  readonly path: Path;
  readonly value: T;
}

export const CONTRACT_KINDS = ['api', 'event', 'schema', 'file', 'mapping', 'workflow'] as const;
export type ContractKind = (typeof CONTRACT_KINDS)[number];

/** How a document is written, e.g. `{name: 'openapi', version: '3.1.0'}`. */
export interface Dialect {
  readonly name: 'openapi' | 'asyncapi' | 'json-schema' | 'arazzo' | 'mapping' | 'layout';
  readonly version: string;
}

export interface Contract {
  /** `api:suppliers@1`. Unique within an estate. */
  readonly id: string;
  readonly kind: ContractKind;
  readonly title: string;
  /** The full version the document states, e.g. `1.6.0`. */
  readonly version: string;
  readonly dialect: Dialect;
  readonly file: SourceFile;
  readonly document: JsonObject;
  /** Undefined where the document has none, or has one that is not valid (which is then a finding). */
  readonly governance: Governance | undefined;
}

/** A document that is not a contract but that contracts refer to. */
export interface Entry<T> {
  readonly id: string;
  readonly file: SourceFile;
  readonly value: T;
}

/** A Pact file (specification 2 to 4), with the consumer and provider it names. */
export interface PactFile {
  readonly consumer: string;
  readonly provider: string;
  readonly file: SourceFile;
  readonly document: JsonObject;
}

/** Everything that one snapshot says. Immutable; comparing two versions is comparing two of these. */
export interface Estate {
  /** What was loaded, for people: a directory or `directory@commit`. */
  readonly label: string;
  readonly files: ReadonlyMap<string, SourceFile>;
  /** Data files that layouts may name as examples, as bytes, by path. */
  readonly data: ReadonlyMap<string, Uint8Array>;
  readonly contracts: readonly Contract[];
  readonly mappings: readonly Entry<Mapping>[];
  readonly layouts: readonly Entry<Layout>[];
  readonly teams: readonly Entry<Team>[];
  readonly systems: readonly Entry<System>[];
  readonly consumers: readonly Entry<Consumer>[];
  readonly waivers: readonly Entry<Waiver>[];
  readonly domains: readonly Entry<Domain>[];
  readonly pacts: readonly PactFile[];
  /** What was wrong while loading. */
  readonly findings: readonly Finding[];
}
