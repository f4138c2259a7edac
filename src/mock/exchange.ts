/** Requests and responses of the engine, free of node:http, so that it can be tested and embedded without a socket. */
import type { Json } from '../model/json.ts';

export interface MockRequest {
  /** Upper case. */
  readonly method: string;
  /** The request target as received: path and query, still encoded. */
  readonly target: string;
  /** By lower-case name; repeated fields joined as node:http does. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where there is none. */
  readonly body: Json | undefined;
}

/** What went wrong, before it has the shape that a contract or dialect gives it. */
export interface Failure {
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[];
  readonly headers?: Readonly<Record<string, string>>;
}
