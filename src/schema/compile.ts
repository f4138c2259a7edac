/** Schemas to formulas. A reference stays one until it is looked at. */
import { formatPointer, getIn, isObject, type Json, type JsonObject } from '../model/json.ts';
import { type Budget, Unsupported } from './budget.ts';
import { demandedNames } from './demanded.ts';
import type { Dialect } from './dialects/dialect.ts';
import { indexResources, type Place, type Resources, type SchemaDocument } from './document.ts';
import { type Case, NOTHING, together } from './evaluated.ts';
import type { Algebra, Formula } from './formula.ts';
import { identify } from './identity.ts';
import { branches } from './keywords/combination.ts';
import type { Followed, Formats, Keyword, Site } from './keywords/keyword.ts';
import { otherProperties } from './keywords/unevaluated.ts';
import type { Reading } from './reading.ts';
import type { StringSet, Strings } from './text/string-set.ts';

/** A place, and what else its meaning depends on. */
interface Node extends Place {
  readonly source: Source;
  /** Resources on the way here, the outermost first, where references depend on that. */
  readonly scope: readonly string[];
  /** Whether the schema is all there is for its value, so that a closed content model closes it. */
  readonly whole: boolean;
}

export interface Source {
  readonly document: SchemaDocument;
  readonly resources: Resources;
}

export interface Compiler {
  readonly source: (document: SchemaDocument) => Source;
  readonly read: (source: Source, pointer: string) => Reading;
  /** What the schema at a JSON pointer accepts, as a reference. */
  readonly at: (source: Source, pointer: string) => Formula;
  /** The formula that a reference stands for. Throws {@link Unsupported}. */
  readonly expand: (name: string) => Formula;
  /** From now on, what means the same in these documents is the same formula. */
  readonly unify: (sources: readonly Source[]) => void;
}

interface Means {
  readonly algebra: Algebra;
  readonly strings: Strings;
  readonly budget: Budget;
  readonly formats: Formats;
  readonly namesOutside: (formula: Formula) => StringSet;
}

export function createCompiler({ algebra, strings, budget, formats, namesOutside }: Means): Compiler {
  const nodes = new Map<string, Node>();
  const compilations = new Map<string, Formula>();
  const grounded = new Set<string>();
  const grounding = new Set<string>();
  const ids = new WeakMap<object, number>();
  const transformed = new WeakMap<object, JsonObject>();
  let lastId = 0;
  let canonical = (name: string) => name;

  function idOf(object: object): number {
    const id = ids.get(object) ?? ++lastId;
    ids.set(object, id);
    return id;
  }

  function referenceTo(node: Node): Formula {
    if (!isObject(node.schema)) return compile(node);
    const name = nameOf(node, node.schema);
    if (!nodes.has(name)) {
      budget.node();
      nodes.set(name, node);
    }
    return algebra.reference(canonical(name));
  }

  function nameOf(node: Node, schema: JsonObject): string {
    return [
      idOf(schema),
      idOf(node.source),
      node.dialect.name,
      node.whole && node.source.document.contentModel === 'closed' ? 'closed' : '',
      ...(node.source.resources.dynamic() ? [node.base, ...node.scope] : []),
    ].join(' ');
  }

  function expand(name: string): Formula {
    const formula = compiled(name);
    assertGrounded(name, formula);
    return formula;
  }

  function compiled(name: string): Formula {
    const formula = compilations.get(name) ?? compile(nodes.get(name)!);
    compilations.set(name, formula);
    return formula;
  }

  /** A schema that refers to itself for the same value says nothing (JSON Schema core, section 9.4.1). */
  function assertGrounded(name: string, formula: Formula): void {
    if (grounded.has(name)) return;
    if (grounding.has(name)) throw new Unsupported('a schema refers to itself for the same value');
    grounding.add(name);
    try {
      budget.deeper(() => {
        for (const other of referencesHere(formula)) assertGrounded(other, compiled(other));
      });
      grounded.add(name);
    } finally {
      grounding.delete(name);
    }
  }

  function compile(node: Node): Formula {
    if (node.schema === true) return algebra.always;
    if (node.schema === false) return algebra.never;
    if (!isObject(node.schema)) throw new Unsupported('a schema is neither an object nor a boolean');
    return budget.deeper(() => compileObject(node));
  }

  function compileObject(node: Node): Formula {
    budget.step();
    const site = siteOf(node);
    const parts = keywordsOf(node, site).map(({ keyword, value }) => keyword.formula(value, site));
    return algebra.and([...parts, closing(node, site)]);
  }

  function keywordsOf({ dialect }: Node, { schema }: Site): { readonly keyword: Keyword; readonly value: Json }[] {
    const known = keywordsByName(dialect);
    const alone = dialect.referenceAlone && typeof schema['$ref'] === 'string';
    return (alone ? ['$ref'] : Object.keys(schema)).flatMap(name => {
      const keyword = known.get(name);
      return keyword ? [{ keyword, value: schema[name]! }] : [];
    });
  }

  /** Whether a reference is all that the schema object says. */
  function isBare(node: Node, site: Site): boolean {
    const [only, ...more] = keywordsOf(node, site);
    return only?.keyword.name === '$ref' && more.length === 0;
  }

  function siteOf(node: Node): Site {
    const schema = read(node);
    const inside = (sub: Json, whole: boolean): Node => within({ ...node, schema: sub, whole });
    const site: Site = {
      schema,
      algebra,
      strings,
      formats,
      namesOutside,
      below: sub => compile(inside(sub, true)),
      here: sub => compile(inside(sub, false)),
      cases: sub => casesOf(inside(sub, false)),
      ownCases: () => ownCases(node, site),
      follow: (reference, how) => follow(reference, how, node, isBare(node, site)),
    };
    return site;
  }

  function read({ schema, source }: Node): JsonObject {
    const raw = schema as JsonObject;
    if (!source.document.transform) return raw;
    const result = transformed.get(raw) ?? source.document.transform(raw);
    transformed.set(raw, result);
    return result;
  }

  /** With the base, the dialect and the scope that the schema object adds. */
  function within(node: Node): Node {
    const place = node.source.resources.entered(node);
    const scope = node.scope.includes(place.base) ? node.scope : [...node.scope, place.base];
    return { ...node, ...place, scope };
  }

  function follow(reference: string, how: 'static' | 'dynamic' | 'recursive', node: Node, bare: boolean): Followed {
    const target = within({ ...node, ...targetOf(reference, how, node), whole: node.whole && bare });
    return { formula: () => referenceTo(target), cases: () => casesOf({ ...target, whole: false }) };
  }

  /** JSON Schema 2020-12 core, section 8.2.3.2, and 2019-09 core, section 8.2.4.2.2. */
  function targetOf(reference: string, how: 'static' | 'dynamic' | 'recursive', node: Node): Place {
    const { resources } = node.source;
    const target = resources.resolve(reference, node);
    if (how === 'static') return target;
    const bookend = how === 'recursive' ? resources.recursiveRoot : anchorFinder(reference, resources);
    if (!bookend(target.base)) return target;
    const outermost = node.scope.find(base => bookend(base));
    return (outermost === undefined ? undefined : bookend(outermost)) ?? target;
  }

  const casesUnderway = new Set<object>();
  const knownCases = new Map<string, readonly Case[]>();

  function casesOf(node: Node): readonly Case[] {
    if (!isObject(node.schema)) return [{ when: algebra.always, evaluated: NOTHING }];
    const { schema } = node;
    const name = nameOf(node, schema);
    const found = knownCases.get(name);
    if (found) return found;
    if (casesUnderway.has(schema)) throw new Unsupported('what a schema evaluates depends on itself');
    casesUnderway.add(schema);
    try {
      const site = siteOf(node);
      const cases = budget.deeper(() => together([ownCases(node, site), unevaluatedCases(node, site)], algebra));
      knownCases.set(name, cases);
      return cases;
    } finally {
      casesUnderway.delete(schema);
    }
  }

  function ownCases(node: Node, site: Site, closing = false): Case[] {
    const families = keywordsOf(node, site)
      .filter(({ keyword }) => !keyword.name.startsWith('unevaluated'))
      .map(({ keyword, value }) => {
        // One branch describes the whole value, where a producer closes what it describes.
        if (closing && keyword.name === 'anyOf' && Array.isArray(value)) return branches(value, site);
        return keyword.cases?.(value, site) ?? [];
      });
    return together(families, algebra);
  }

  function unevaluatedCases(node: Node, site: Site): Case[] {
    const families = keywordsOf(node, site)
      .filter(({ keyword }) => keyword.name.startsWith('unevaluated'))
      .map(({ keyword, value }) => keyword.cases?.(value, site) ?? []);
    return together(families, algebra);
  }

  function closing(node: Node, site: Site): Formula {
    const { contentModel } = node.source.document;
    if (contentModel !== 'closed' || !node.whole || isBare(node, site)) return algebra.always;
    if ('unevaluatedProperties' in site.schema) return algebra.always;
    const cases = ownCases(node, site, true);
    const named = cases.some(({ evaluated: { properties } }) => properties !== 'all' && properties.length > 0);
    // What names no property at all is a free form or a map.
    if (!named) return algebra.always;
    // What is required is sent, whether or not it is described.
    const demanded = strings.listed(demandedNames(reading(node, '')));
    return otherProperties(withNames(open(cases), demanded), algebra.never, site);
  }

  function reading(node: Node, pointer: string): Reading {
    const schema = isObject(node.schema) ? read(node) : node.schema;
    return {
      schema,
      pointer,
      formula: () => referenceTo(node),
      keywords() {
        if (!isObject(schema)) return [];
        const site = siteOf(node);
        return keywordsOf(node, site).map(({ keyword, value }) => ({
          keyword,
          value,
          formula: () => keyword.formula(value, site),
        }));
      },
      inside(keys, reach) {
        const sub = getIn(schema, keys) ?? true;
        return reading(within({ ...node, schema: sub, whole: reach === 'below' }), pointer + formatPointer(keys));
      },
      follow(reference) {
        const target = within({ ...node, ...targetOf(reference, 'static', node) });
        const located = isObject(target.schema) ? node.source.resources.locate(target.schema) : undefined;
        return reading(target, located ?? reference);
      },
    };
  }

  return {
    read: (source, pointer) => reading(rootNode(source, source.resources.at(pointer)), pointer),
    source: document => ({ document, resources: indexResources(document) }),
    at: (source, pointer) => referenceTo(rootNode(source, source.resources.at(pointer))),
    expand,
    unify(sources) {
      const identity = identify(sources.flatMap(referred), { compiled, step: budget.step });
      canonical = identity.canonical;
      for (const name of compilations.keys()) if (!identity.stands(name)) compilations.delete(name);
      knownCases.clear();
    },
  };

  /** References to all schemas that are referred to anywhere in the main document. */
  function referred(source: Source): Formula[] {
    return source.resources.references.flatMap(({ reference, from }) => {
      try {
        return [referenceTo(rootNode(source, source.resources.resolve(reference, from)))];
      } catch (error) {
        // It is said again where somebody follows it.
        if (error instanceof Unsupported) return [];
        throw error;
      }
    });
  }

  function rootNode(source: Source, place: Place): Node {
    return within({ ...place, source, scope: [], whole: true });
  }
}

function anchorFinder(reference: string, resources: Resources) {
  const name = reference.slice(reference.indexOf('#') + 1);
  return (base: string) => (reference.includes('#') ? resources.dynamicAnchor(base, name) : undefined);
}

/** Branches that name nothing are free forms, and evaluate all. */
function open(cases: readonly Case[]): Case[] {
  return cases.map(({ when, evaluated }) =>
    evaluated.properties.length === 0 ? { when, evaluated: { ...evaluated, properties: 'all' } } : { when, evaluated },
  );
}

function withNames(cases: readonly Case[], names: StringSet): Case[] {
  return cases.map(({ when, evaluated }) => {
    const { properties } = evaluated;
    return { when, evaluated: properties === 'all' ? evaluated : { ...evaluated, properties: [...properties, names] } };
  });
}

/** Names of the references that are about the same value. */
function referencesHere(formula: Formula): string[] {
  const names: string[] = [];
  const todo = [formula];
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (next.kind === 'reference') names.push(next.name);
    else if (next.kind === 'and' || next.kind === 'or') todo.push(...next.parts);
  }
  return names;
}

const byName = new WeakMap<Dialect, ReadonlyMap<string, Keyword>>();

function keywordsByName(dialect: Dialect): ReadonlyMap<string, Keyword> {
  const known = byName.get(dialect) ?? new Map(dialect.keywords.map(keyword => [keyword.name, keyword]));
  byName.set(dialect, known);
  return known;
}
