/** What a family of products does alike beyond any contract: one file per dialect, listed in index.ts. */
import type { Json } from '../../model/json.ts';
import type { StateEffect } from '../definition.ts';
import type { Failure, MockRequest, MockResponse } from '../exchange.ts';
import type { PlannedOperation } from '../planned.ts';

export interface Routed {
  readonly request: MockRequest;
  readonly operation: PlannedOperation;
  readonly query: URLSearchParams;
}

/** What one running mock remembers for its dialect. */
export interface DialectSession {
  /** Refuses a request before the contract is asked. */
  gate?(routed: Routed): Failure | undefined;
  /** Changes a successful answer, or refuses after all. */
  finish?(routed: Routed, response: MockResponse): MockResponse | Failure;
  applyState?(effect: StateEffect): void;
}

export interface Dialect {
  readonly name: string;
  /** Ids of all it does; a mock definition that uses it states for each how it is known. */
  readonly behaviours: readonly string[];
  /** The method that is meant, where clients tunnel it. */
  method?(request: MockRequest): string;
  /** Writes with this method must carry If-Match, whether the contract says so or not. */
  needsIfMatch?(method: string): boolean;
  errorBody?(failure: Failure, example: Json | undefined): { readonly contentType: string; readonly body: Json };
  start(): DialectSession;
}
