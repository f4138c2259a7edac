/** What a plan knows of each operation. */
import type { Json } from '../model/json.ts';
import type { Validate } from './validate.ts';

export interface PlannedOperation {
  readonly id: string;
  readonly name: string;
  /** Upper case. */
  readonly method: string;
  readonly path: string;
  readonly deprecated: boolean;
  readonly parameters: readonly PlannedParameter[];
  readonly body: PlannedBody | undefined;
  readonly responses: readonly PlannedResponse[];
  /** Alternatives; each lists what a request must show. Empty where the operation is open. */
  readonly security: readonly (readonly Credential[])[];
  /** All success examples, the seeded ones included. */
  readonly examples: readonly PlannedExample[];
  /** The ETag that the record has: what If-Match is compared with. */
  readonly etag: string | undefined;
}

export interface PlannedParameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  /** JSON types the schema allows; undefined where any. */
  readonly types: ReadonlySet<string> | undefined;
  readonly itemTypes: ReadonlySet<string> | undefined;
  readonly style: string;
  readonly explode: boolean;
  /** Whether the value is JSON text (`content` instead of `schema`). */
  readonly isJson: boolean;
  readonly validate: Validate | undefined;
  /** Values the contract shows: records with these keys exist. */
  readonly examples: readonly string[];
}

export interface PlannedBody {
  readonly required: boolean;
  readonly content: readonly { readonly mediaType: string; readonly validate: Validate | undefined }[];
}

export interface PlannedResponse {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: readonly PlannedContent[];
}

export interface PlannedContent {
  readonly mediaType: string;
  readonly examples: readonly PlannedExample[];
  readonly validate: Validate | undefined;
}

export interface PlannedExample {
  readonly name: string;
  readonly value: Json;
}

export type Credential =
  | { readonly type: 'authorization'; readonly scheme: 'Basic' | 'Bearer' | 'any' }
  | { readonly type: 'key'; readonly in: string; readonly name: string };
