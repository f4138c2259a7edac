/**
 * Resolves references for Spectral from the estate alone: never from a disk, never over a network. Unlike Spectral's own
 * resolver it keeps what stands beside a `$ref` (JSON Schema 2020-12, OpenAPI 3.1), leaves examples alone, and resolves
 * each value once however many contracts refer to it.
 */
import { Resolver, ResolverDepGraph } from '@stoplight/spectral-ref-resolver';
import { isObject, type Json, type JsonObject } from '../model/index.ts';
import type { LintDocument, LintWork } from './work.ts';

export type ResolverOf = (document: LintDocument) => Resolver;

export function estateResolver(targets: LintWork['targets']): ResolverOf {
  const expand = expander(targets);

  class EstateResolver extends Resolver {
    readonly #document: LintDocument;
    constructor(document: LintDocument) {
      super();
      this.#document = document;
    }
    override async resolve() {
      // Nothing is left to resolve for Spectral's own; it fills in the bookkeeping that its type asks for.
      const bookkeeping = await super.resolve({});
      const graph = new ResolverDepGraph();
      // Spectral asks the graph which components are referred to: also from other files, so that a component
      // that only another contract uses is not called unused.
      for (const pointer of this.#document.used) graph.addNode(pointer, { refMap: {} });
      return { ...bookkeeping, result: expand(this.#document.root), graph };
    }
  }
  return document => new EstateResolver(document);
}

/**
 * Replaces references by what they lead to. A reference back to a value that is being expanded stays as it is, so the
 * result is finite. Everything is copied, once.
 */
function expander(targets: ReadonlyMap<Json, Json>): (value: Json) => Json {
  const done = new Map<Json, Json>();
  const open = new Set<Json>();

  function expand(value: Json): Json {
    if (typeof value !== 'object' || value === null) return value;
    const known = done.get(value);
    if (known !== undefined) return known;
    open.add(value);
    const expanded = Array.isArray(value) ? value.map(expand) : expandObject(value);
    open.delete(value);
    done.set(value, expanded);
    return expanded;
  }

  function expandObject(value: JsonObject): Json {
    const own = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, expand(member)]));
    const target = targets.get(value);
    return target === undefined || open.has(target) ? own : besideReference(own, expand(target));
  }
  return expand;
}

/** Keywords that say something about a value and do not constrain it: the nearer one wins. */
const ANNOTATION =
  /^(\$comment|title|summary|description|default|examples?|deprecated|readOnly|writeOnly|externalDocs|x-.*)$/;

/** What a reference stands for together with the members beside it, which hold in addition (JSON Schema 2020-12, 8.2.3.1). */
function besideReference(holder: JsonObject, target: Json): Json {
  const { $ref: _, ...beside } = holder;
  const keys = Object.keys(beside);
  if (keys.length === 0 || !isObject(target)) return target;
  const isPlain = keys.every(key => ANNOTATION.test(key) || !Object.hasOwn(target, key));
  if (isPlain) return { ...target, ...beside };
  const allOf = Array.isArray(beside['allOf']) ? beside['allOf'] : [];
  return { ...beside, allOf: [...allOf, target] };
}
