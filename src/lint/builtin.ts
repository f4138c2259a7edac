/**
 * Spectral's own rulesets and functions, made quicker where they spend nearly all of their time: it builds new Ajv
 * instances for each document, and compiles a schema anew for each example. What they find stays the same.
 */
import type { RuleDefinition, RulesetDefinition } from '@stoplight/spectral-core';
import { arazzo1_0 } from '@stoplight/spectral-formats';
import * as functions from '@stoplight/spectral-functions';
import { arazzo, asyncapi, oas } from '@stoplight/spectral-rulesets';
import { asString, entries, get, isObject, type Json, type JsonObject, type Path } from '../model/index.ts';

export type Then = Extract<RuleDefinition['then'], readonly unknown[]>[number];
export type LintFunction = Then['function'];
type Context = Parameters<LintFunction>[2];

/** What `function:` of a rule may name without declaring it. */
export const CORE_FUNCTIONS: ReadonlyMap<string, LintFunction> = new Map(
  (Object.entries(functions) as [string, LintFunction][])
    .filter(([, run]) => 'schemas' in Object(run))
    .map(([name, run]) => [name, quicker(run)]),
);

/** What `extends:` of a ruleset may name. */
export const RULESETS: ReadonlyMap<string, RulesetDefinition> = new Map([
  ['spectral:oas', withQuickerRules(oas as RulesetDefinition)],
  ['spectral:asyncapi', withQuickerRules(asyncapi as RulesetDefinition)],
  ['spectral:arazzo', forNewerArazzo(withQuickerRules(arazzo as RulesetDefinition))],
]);

/** Rulesets from packages that `extends:` may name too; loaded only then. */
export const PACKAGES: ReadonlyMap<string, () => Promise<RulesetDefinition>> = new Map([
  [
    '@stoplight/spectral-owasp-ruleset',
    async () => {
      const { default: exported } = await import('@stoplight/spectral-owasp-ruleset');
      // Its types tell of an ES module, but what Node imports is its CommonJS one.
      return exported as unknown as RulesetDefinition;
    },
  ],
]);

function withQuickerRules(definition: RulesetDefinition): RulesetDefinition {
  const rules = 'rules' in definition ? Object.entries(definition.rules) : [];
  const quickerRules = rules.map(([name, rule]) => {
    if (typeof rule !== 'object') return [name, rule];
    const then = ([rule.then].flat() as Then[]).map(one => ({ ...one, function: quicker(one.function) }));
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

function quicker(run: LintFunction): LintFunction {
  if (run.name === 'schema' || run.name === 'oasSchema') return withSharedAjv(run);
  if (run.name === 'oasExample') return unlessSurelyValid(run);
  return run;
}

/** Spectral keeps its Ajv instances by document inventory; these functions use it for nothing else. */
const ANY_INVENTORY = {} as Context['documentInventory'];

function withSharedAjv(run: LintFunction): LintFunction {
  const shared: LintFunction = (input, options, context) =>
    run(input, options, { ...context, documentInventory: ANY_INVENTORY });
  // Spectral checks the options of a rule by the validator that hangs on its function.
  return Object.defineProperties(shared, Object.getOwnPropertyDescriptors(run));
}

/** Whether `value` is surely valid by the schema at `path` of the resolved document. */
export type Judge = (path: Path, value: Json) => boolean;

/** Who judges the examples of a document that Spectral is given: the function of a rule knows no more than its data. */
export const judges = new WeakMap<object, Judge>();

/** Asks Spectral about examples only where the validator of the estate, which compiles a schema once, has doubts. */
function unlessSurelyValid(run: LintFunction): LintFunction {
  const check: LintFunction = (input, options, context) => {
    const judge = judges.get(Object(context.document.data));
    return judge && areSurelyValid(judge, input as Json, options as JsonObject, context.path)
      ? undefined
      : run(input, options, context);
  };
  return Object.defineProperties(check, Object.getOwnPropertyDescriptors(run));
}

function areSurelyValid(judge: Judge, input: Json, options: JsonObject, path: Path): boolean {
  const field = asString(options['schemaField']);
  const schemaPath = field === undefined || field === '$' ? path : [...path, field];
  return examplesOf(input, options['type'] === 'schema').every(
    example => example !== undefined && judge(schemaPath, example),
  );
}

/** The values that Spectral's `oasExample` looks at; undefined for an example that should have one. */
function examplesOf(input: Json, isSchema: boolean): (Json | undefined)[] {
  const value = (name: string) => (isObject(input) && Object.hasOwn(input, name) ? [get(input, name)] : []);
  if (isSchema) return [...value('example'), ...value('default')];
  const single = value('example');
  if (single.length > 0) return single;
  const several = entries(get(input, 'examples')).map(([, example]) => example);
  return several.filter(one => isObject(one) && !('externalValue' in one)).map(one => get(one, 'value'));
}
