import { contentHash } from './hash.ts';
import type { Json } from './json.ts';

/**
 * Where results are kept that follow from content alone, so that what did not change is not worked out again. Whoever
 * asks makes a key of everything that the result depends on, the version of the program left out: that belongs to the
 * cache. A result is JSON; one that a limit of time cut short is not kept.
 */
export interface ResultCache {
  /** What was kept under the key; undefined where nothing was, or nothing that can be used. */
  readonly get: (key: string) => Json | undefined;
  readonly set: (key: string, value: Json) => void;
}

/** Keeps nothing. */
export const noCache: ResultCache = { get: () => undefined, set: () => undefined };

/** Key of a result: `area` says which, e.g. `examples`, the parts are what it follows from. */
export function resultKey(area: string, ...parts: readonly Json[]): string {
  return contentHash([area, ...parts]);
}
