/**
 * Spectral's own rulesets and functions, made quicker where they spend nearly all of their time: it builds new Ajv
 * instances for each document, and compiles a schema anew for each example. What they find stays the same.
 */
import type { RuleDefinition, RulesetDefinition } from '@stoplight/spectral-core';
import { arazzo1_0 } from '@stoplight/spectral-formats';
import * as functions from '@stoplight/spectral-functions';
import { arazzo, asyncapi, oas } from '@stoplight/spectral-rulesets';
import { get, isObject, type Json } from '../model/index.ts';
import { hasSurelyNoFault } from './examples/index.ts';
import { rememberPaths } from './paths.ts';

export type Then = Extract<RuleDefinition['then'], readonly unknown[]>[number];
export type LintFunction = Then['function'];
type Context = Parameters<LintFunction>[2];

rememberPaths();

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
  return inPlaceOf(run, (input, options, context) =>
    run(input, options, { ...context, documentInventory: ANY_INVENTORY }),
  );
}

/** Asks Spectral, which compiles the schema of each example anew, only about what is not surely valid. */
function unlessSurelyValid(run: LintFunction): LintFunction {
  return inPlaceOf(run, (input, options, context) =>
    hasSurelyNoFault(input, options as never, context) ? undefined : run(input, options, context),
  );
}

/** Spectral checks the options of a rule by the validator that hangs on its function. */
function inPlaceOf(run: LintFunction, replacement: LintFunction): LintFunction {
  return Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(run));
}
