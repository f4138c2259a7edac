/**
 * Spectral's own rulesets and functions, made quicker where they spend nearly all of their time: it builds new Ajv
 * instances for each document, and compiles a schema anew for each example. What they find stays the same.
 */
import type { RuleDefinition, RulesetDefinition } from '@stoplight/spectral-core';
import { arazzo1_0 } from '@stoplight/spectral-formats';
import * as functions from '@stoplight/spectral-functions';
import { arazzo, asyncapi, oas } from '@stoplight/spectral-rulesets';
import { get, isObject, type Json } from '../model/index.ts';
import { hasNames, hasSurelyNoFault, mayNameSchemas } from './examples/index.ts';
import { rememberPaths } from './paths.ts';

export type Then = Extract<RuleDefinition['then'], readonly unknown[]>[number];
export type LintFunction = Then['function'];
type Context = Parameters<LintFunction>[2];

rememberPaths();

/** Functions of Spectral's rules for OpenAPI, which its package does not export. */
const OAS_SCHEMA = functionOf('duplicated-entry-in-enum');
const OAS_EXAMPLE = functionOf('oas3-valid-media-example');

/** What `function:` of a rule may name without declaring it. */
export const CORE_FUNCTIONS: ReadonlyMap<string, LintFunction> = new Map(
  (Object.entries(functions) as [string, LintFunction][])
    .filter(([, run]) => 'schemas' in Object(run))
    .map(([name, run]) => [name, quicker(run)]),
);

/** Rules that compare with the JSON Schema of AsyncAPI, which takes half a second to compile. */
const OF_ASYNCAPI = /^asyncapi-(?:schema|3-document-(?:un)?resolved)$/;

/** What `extends:` of a ruleset may name. */
export const RULESETS: ReadonlyMap<string, RulesetDefinition> = new Map([
  ['spectral:oas', withQuickerRules(oas as RulesetDefinition)],
  ['spectral:asyncapi', withQuickerRules(asyncapi as RulesetDefinition)],
  ['spectral:arazzo', withQuickerRules(arazzo as RulesetDefinition)],
]);

/** The same for rulesets of an estate, whose workflows may be newer than Spectral knows. */
export const ESTATE_RULESETS: typeof RULESETS = new Map([
  ...RULESETS,
  ['spectral:arazzo', forNewerArazzo(RULESETS.get('spectral:arazzo')!)],
]);

/** Rulesets from packages that `extends:` may name too; loaded only then. */
export const PACKAGES: ReadonlyMap<string, () => Promise<RulesetDefinition>> = new Map([
  ['@stoplight/spectral-owasp-ruleset', async () => definitionOf(await import('@stoplight/spectral-owasp-ruleset'))],
  ['@stoplight/spectral-url-versioning', async () => definitionOf(await import('@stoplight/spectral-url-versioning'))],
  ['@stoplight/spectral-documentation', async () => definitionOf(await import('@stoplight/spectral-documentation'))],
]);

/** Their types tell of ES modules, but what Node imports are CommonJS ones, of which some keep their default inside. */
function definitionOf({ default: exported }: { readonly default: unknown }): RulesetDefinition {
  const inner = (exported as { readonly default?: unknown }).default;
  return (inner ?? exported) as RulesetDefinition;
}

function withQuickerRules(definition: RulesetDefinition): RulesetDefinition {
  const rules = 'rules' in definition ? Object.entries(definition.rules) : [];
  const quickerRules = rules.map(([name, rule]) => {
    if (typeof rule !== 'object') return [name, rule];
    const replace = OF_ASYNCAPI.test(name) ? withSharedAjv : quicker;
    const then = ([rule.then].flat() as Then[]).map(one => ({ ...one, function: replace(one.function) }));
    return [name, { ...rule, then }];
  });
  return { ...definition, rules: Object.fromEntries(quickerRules) };
}

/**
 * Spectral knows Arazzo 1.0. Version 1.1 adds sources and fields and takes nothing away, so that all rules but the one
 * that compares with the JSON Schema of 1.0 hold for it too.
 */
function forNewerArazzo(definition: RulesetDefinition): RulesetDefinition {
  const rules = 'rules' in definition ? definition.rules : {};
  const schema = rules['arazzo-document-schema'];
  return {
    ...definition,
    formats: [...(definition.formats ?? []), arazzo1_1],
    rules: { ...rules, 'arazzo-document-schema': { ...(schema as RuleDefinition), formats: [arazzo1_0] } },
  } as RulesetDefinition;
}

function arazzo1_1(document: unknown): boolean {
  return isObject(document as Json) && /^1\.1\.\d+/.test(String(get(document as Json, 'arazzo')));
}

/** Not by the name of the function, which a bundler may change. */
function quicker(run: LintFunction): LintFunction {
  if (run === functions.schema || run === OAS_SCHEMA) return withSharedAjv(run);
  if (run === OAS_EXAMPLE) return unlessSurelyValid(run);
  return run;
}

function functionOf(rule: string): LintFunction {
  const { then } = (oas as { readonly rules: Readonly<Record<string, RuleDefinition>> }).rules[rule]!;
  return ([then].flat() as Then[])[0]!.function;
}

/**
 * Spectral keeps its Ajv instances, each of which has to compile its meta-schemas first, by document inventory; these
 * functions use it for nothing else. A new one from time to time, since an instance forgets no schema.
 */
function sharedInventory(): Context['documentInventory'] {
  uses += 1;
  if (uses % USES === 0) shared = {} as Context['documentInventory'];
  return shared;
}

const USES = 1000;
let uses = 0;
let shared = {} as Context['documentInventory'];

/**
 * The schemas are those of rules, the same objects for all documents, of which Ajv remembers what it has compiled. All
 * rules share the instances, but for those whose schemas have names of their own, which may be the same.
 */
function withSharedAjv(run: LintFunction): LintFunction {
  const own = {} as Context['documentInventory'];
  const named = new WeakMap<object, boolean>();
  const isNamed = (schema: unknown) => {
    if (typeof schema !== 'object' || schema === null) return true;
    const known = named.get(schema) ?? hasNames(schema, undefined);
    named.set(schema, known);
    return known;
  };
  return inPlaceOf(run, (input, options, context) => {
    const documentInventory = isNamed(get(options as Json, 'schema')) ? own : ofRules;
    return run(input, options, { ...context, documentInventory });
  });
}

const ofRules = {} as Context['documentInventory'];

/** Asks Spectral, which compiles the schema of each example anew, only about what is not surely valid. */
function unlessSurelyValid(run: LintFunction): LintFunction {
  return inPlaceOf(run, (input, options, context) => {
    if (hasSurelyNoFault(input, options as never, context)) return undefined;
    const documentInventory = mayNameSchemas(input, options as never, context)
      ? context.documentInventory
      : sharedInventory();
    return run(input, options, { ...context, documentInventory });
  });
}

/** Spectral checks the options of a rule by the validator that hangs on its function. */
function inPlaceOf(run: LintFunction, replacement: LintFunction): LintFunction {
  return Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(run));
}
