/** Spectral ruleset files → Spectral's own objects, without its bundler: no code is generated and nothing is fetched. */
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  assertValidRuleset,
  type RulesetDefinition,
  type Rule as SpectralRule,
  Ruleset as SpectralRuleset,
} from '@stoplight/spectral-core';
import * as spectralFormats from '@stoplight/spectral-formats';
import { closest } from 'fastest-levenshtein';
import { parseSource } from '../load/parse.ts';
import { asString, entries, isObject, items, type Json, type JsonObject, type Rule } from '../model/index.ts';
import { CORE_FUNCTIONS, ESTATE_RULESETS, type LintFunction, PACKAGES, RULESETS } from './builtin.ts';
import { documentationOf } from './documentation.ts';
import { problemsOf, RulesetError } from './error.ts';

export interface LoadedRuleset {
  /** Documentation of each rule that is switched on, by the id its findings carry (`lint/…`). */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly ruleset: SpectralRuleset;
  /** What custom functions said about their faults, which Spectral does not carry. See {@link factsKey}. */
  readonly facts: Map<string, JsonObject>;
}

type Format = Extract<RulesetDefinition['formats'], readonly unknown[]>[number];
type Extends = Exclude<Extract<RulesetDefinition, { extends: unknown }>['extends'], RulesetDefinition>;

const FORMATS = new Map(
  Object.entries(spectralFormats).filter(([, format]) => 'displayName' in Object(format)) as [string, Format][],
);

export interface RulesetOptions {
  /**
   * Whose code may run: custom functions from the root, as for the rulesets of an estate; none, as for rulesets that come
   * from anywhere; or also rulesets that are programs, and packages that the ruleset's directory has installed.
   */
  readonly code: 'functions' | 'none' | 'any';
}

/** See index.ts. */
export async function loadRuleset(
  root: string,
  name: string,
  { code }: RulesetOptions = { code: 'functions' },
): Promise<LoadedRuleset> {
  const facts = new Map<string, JsonObject>();
  const top = await realpath(resolve(root)).catch(cause => {
    throw new RulesetError(`there is no directory "${root}" for rulesets`, { cause });
  });
  const file = await insideRoot(top, resolve(top, name), name, name);
  const definition = await readDefinition({ root: top, code, facts, open: [] }, file);
  // Overrides are chosen by where a document lies from the ruleset.
  const ruleset = guarded(name, () => new SpectralRuleset(definition, { severity: 'recommended', source: file }));
  return { rules: documentationOf(ruleset), ruleset, facts };
}

/** Key of {@link LoadedRuleset.facts}: Spectral passes on no more than a rule's name and the message. */
export function factsKey(rule: string, message: string): string {
  return `${rule}\n${message}`;
}

interface Loading {
  readonly root: string;
  readonly code: RulesetOptions['code'];
  readonly facts: Map<string, JsonObject>;
  /** Files that are being read, to notice rulesets that extend each other. */
  readonly open: readonly string[];
}

/** The file one is reading, and how to complain about it. */
interface Source {
  readonly file: string;
  readonly name: string;
}

async function readDefinition(loading: Loading, file: string): Promise<RulesetDefinition> {
  const name = nameOf(loading.root, file);
  if (loading.open.includes(file)) {
    const circle = [...loading.open.slice(loading.open.indexOf(file)), file].map(path => nameOf(loading.root, path));
    throw new RulesetError(`${name}: the ruleset extends itself: ${circle.join(' → ')}`);
  }
  if (PROGRAM.test(file)) return runProgram(loading, file, name);
  const { file: source, problem } = parseSource(name, await readFile(file, 'utf8'));
  if (problem) {
    throw new RulesetError(`${name}:${problem.location.line}:${problem.location.column}: ${problem.message}`);
  }
  const text = source.value;
  guarded(name, () => assertValidRuleset(text, 'json'));
  if (!isObject(text)) throw new RulesetError(`${name}: a ruleset is an object`);
  if (loading.code === 'functions' && text['overrides'] !== undefined) {
    throw new RulesetError(`${name}: "overrides" is not supported: an exception for one contract is a waiver`);
  }
  return convert({ ...loading, open: [...loading.open, file] }, { file, name }, text);
}

const PROGRAM = /\.[cm]?js$/;

async function runProgram({ code }: Loading, file: string, name: string): Promise<RulesetDefinition> {
  if (code !== 'any') throw new RulesetError(`${name}: this ruleset is a program, and ${WAY_OUT}`);
  const module: { default?: unknown } = await import(pathToFileURL(file).href).catch((cause: Error) => {
    throw new RulesetError(`${name}: the ruleset cannot be loaded: ${cause.message}`, { cause });
  });
  return module.default as RulesetDefinition;
}

const WAY_OUT = 'code of rulesets is not run unless it is allowed (--allow-code)';

async function convert(loading: Loading, source: Source, text: JsonObject): Promise<RulesetDefinition> {
  const custom = await readFunctions(loading, source, text);
  const definition = await convertPart(loading, source, text, custom, new Set());
  const known = new Set(ruleNames(definition));
  const overrides = await Promise.all(
    items(text['overrides']).map(part => convertPart(loading, source, part as JsonObject, custom, known)),
  );
  return { ...definition, ...(overrides.length > 0 ? { overrides } : {}) } as RulesetDefinition;
}

/** A ruleset, or what an override changes of it: that may name rules that the ruleset knows. */
async function convertPart(
  loading: Loading,
  source: Source,
  text: JsonObject,
  custom: ReadonlyMap<string, LintFunction>,
  outer: ReadonlySet<string>,
): Promise<RulesetDefinition> {
  const extended = await readExtends(loading, source, text['extends']);
  const known = new Set([...outer, ...extended.flatMap(([definition]) => ruleNames(definition))]);
  const rules = entries(text['rules']).map(([rule, value]): [string, unknown] => {
    if (isObject(value)) return [rule, readRule(source, rule, value, custom)];
    if (!known.has(rule)) {
      throw new RulesetError(
        `${source.name}: rules.${rule} sets a severity, but no such rule is extended${guess(rule, known)}`,
      );
    }
    return [rule, value];
  });
  const { functions: _, functionsDir: __, overrides: ___, ...rest } = text;
  return {
    ...rest,
    ...(text['extends'] === undefined
      ? {}
      : { extends: extended.map(entry => (entry.length === 1 ? entry[0] : entry)) }),
    ...(text['rules'] === undefined ? {} : { rules: Object.fromEntries(rules) }),
    ...(text['formats'] === undefined ? {} : { formats: readFormats(source, 'formats', text['formats']) }),
    ...(text['aliases'] === undefined ? {} : { aliases: readAliases(source, text['aliases']) }),
  } as RulesetDefinition;
}

async function readExtends(
  loading: Loading,
  source: Source,
  value: Json | undefined,
): Promise<([RulesetDefinition] | [RulesetDefinition, 'off' | 'recommended' | 'all'])[]> {
  const found: Awaited<ReturnType<typeof readExtends>> = [];
  for (const entry of typeof value === 'string' ? [value] : items(value)) {
    const [ref, severity] = Array.isArray(entry) ? entry : [entry];
    const definition = await readExtended(loading, source, String(ref));
    found.push(severity === undefined ? [definition] : [definition, severity as 'off' | 'recommended' | 'all']);
  }
  return found;
}

async function readExtended(loading: Loading, source: Source, ref: string): Promise<RulesetDefinition> {
  const builtIn = (loading.code === 'functions' ? ESTATE_RULESETS : RULESETS).get(ref);
  if (builtIn) return builtIn;
  const load = PACKAGES.get(ref);
  if (load) return load();
  if (ref.startsWith('spectral:')) {
    throw new RulesetError(`${source.name}: extends the unknown ruleset "${ref}"${guess(ref, RULESETS.keys())}`);
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(ref)) {
    throw new RulesetError(`${source.name}: extends "${ref}", but nothing is fetched: copy it into the directory`);
  }
  const path = resolve(dirname(source.file), ref);
  const isPackage = !/^\.{0,2}\//.test(ref) && !existsSync(path);
  if (isPackage && loading.code === 'any') return requirePackage(source, ref);
  return readDefinition(loading, await insideRoot(loading.root, path, source.name, ref));
}

/** A ruleset that is a package, as it is installed where the ruleset that extends it lies. */
async function requirePackage(source: Source, name: string): Promise<RulesetDefinition> {
  try {
    const found: { default?: RulesetDefinition } = createRequire(source.file)(name);
    return found.default ?? (found as RulesetDefinition);
  } catch (cause) {
    throw new RulesetError(`${source.name}: extends "${name}", which cannot be loaded: ${problemsOf(cause)}`, {
      cause,
    });
  }
}

function readRule(
  source: Source,
  name: string,
  rule: JsonObject,
  custom: ReadonlyMap<string, LintFunction>,
): JsonObject & { then?: unknown } {
  const readThen = (then: Json) => {
    if (!isObject(then)) return then;
    const wanted = String(then['function']);
    const found = custom.get(wanted) ?? CORE_FUNCTIONS.get(wanted);
    if (!found) {
      const hint = guess(wanted, [...custom.keys(), ...CORE_FUNCTIONS.keys()]);
      throw new RulesetError(`${source.name}: rules.${name} uses the unknown function "${wanted}"${hint}`);
    }
    return { ...then, function: found };
  };
  const then = Array.isArray(rule['then']) ? rule['then'].map(readThen) : readThen(rule['then'] ?? null);
  const formats = rule['formats'];
  return {
    ...rule,
    then,
    ...(formats === undefined ? {} : { formats: readFormats(source, `rules.${name}.formats`, formats) }),
  } as JsonObject & { then?: unknown };
}

function readFormats(source: Source, place: string, value: Json): Format[] {
  return items(value).map(item => {
    const name = String(item);
    const found = FORMATS.get(exportName(name));
    if (found) return found;
    throw new RulesetError(`${source.name}: ${place} names the unknown format "${name}"${guess(name, FORMATS.keys())}`);
  });
}

/** `oas3.1` → `oas3_1`, `json-schema-2020-12` → `jsonSchemaDraft2020_12`: as Spectral's ruleset migrator has it. */
function exportName(format: string): string {
  return format
    .replace(/^json-schema-(?=20)/, 'json-schema-draft-')
    .replace(/\.|([0-9])-(?=[0-9])/g, '$1_')
    .replace(/-([0-9a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function readAliases(source: Source, value: Json): JsonObject {
  const aliases = entries(value).map(([name, alias]): [string, Json] => {
    if (!isObject(alias)) return [name, typeof alias === 'string' ? [alias] : alias];
    const targets = items(alias['targets']).map((target, index) => {
      if (!isObject(target)) return target;
      const formats = readFormats(source, `aliases.${name}.targets.${index}.formats`, target['formats'] ?? []);
      return { ...target, formats } as unknown as Json;
    });
    return [name, { ...alias, targets }];
  });
  return Object.fromEntries(aliases);
}

async function readFunctions(
  loading: Loading,
  source: Source,
  text: JsonObject,
): Promise<ReadonlyMap<string, LintFunction>> {
  const directory = resolve(dirname(source.file), asString(text['functionsDir']) ?? 'functions');
  const found = new Map<string, LintFunction>();
  if (loading.code === 'none' && items(text['functions']).length > 0) {
    throw new RulesetError(`${source.name}: it has functions of its own, and ${WAY_OUT}`);
  }
  for (const item of items(text['functions'])) {
    const name = String(item);
    const file = await insideRoot(loading.root, join(directory, `${name}.js`), source.name, `function ${name}`);
    const module: { default?: unknown } = await import(pathToFileURL(file).href).catch((cause: Error) => {
      throw new RulesetError(`${source.name}: the function "${name}" cannot be loaded: ${cause.message}`, { cause });
    });
    if (typeof module.default !== 'function') {
      throw new RulesetError(`${source.name}: ${nameOf(loading.root, file)} has no function as its default export`);
    }
    found.set(name, keepingFacts(name, module.default as LintFunction, loading.facts));
  }
  return found;
}

/** Spectral drops all but message and path of what a function returns, so the facts are put aside here. */
function keepingFacts(name: string, run: LintFunction, facts: Map<string, JsonObject>): LintFunction {
  const keeping: LintFunction = (input, options, context) => {
    const faults = run(input, options, context);
    const rule = context.rule as SpectralRule;
    if (!Array.isArray(faults)) return faults;
    for (const fault of faults as { message: string; facts?: JsonObject }[]) {
      if (fault.facts) facts.set(factsKey(rule.name, fault.message), fault.facts);
    }
    return faults;
  };
  // Spectral names a function when it throws, and checks the options of a rule by the validator that hangs on it.
  const own = { ...Object.getOwnPropertyDescriptors(run), name: { value: name } };
  return Object.defineProperties(keeping, own);
}

/** The real path of a file, where it exists and lies inside the root, symbolic links followed. */
async function insideRoot(root: string, path: string, from: string, ref: string): Promise<string> {
  const isInside = (candidate: string) => candidate.startsWith(root + sep);
  const real = isInside(path) ? await realpath(path).catch(() => undefined) : path;
  if (real === undefined) throw new RulesetError(`${from}: there is no file for "${ref}" (${nameOf(root, path)})`);
  if (!isInside(real)) throw new RulesetError(`${from}: "${ref}" leads out of the directory of the rulesets`);
  return real;
}

function nameOf(root: string, file: string): string {
  return relative(root, file).split(sep).join('/');
}

function ruleNames(definition: RulesetDefinition): string[] {
  const own = 'rules' in definition ? Object.keys(definition.rules) : [];
  const extended = 'extends' in definition ? ([definition.extends].flat() as Extends) : [];
  return [...own, ...extended.flatMap(entry => ruleNames(Array.isArray(entry) ? entry[0] : entry))];
}

function guess(name: string, known: Iterable<string>): string {
  const names = [...known];
  return names.length > 0 ? `; did you mean "${closest(name, names)}"?` : '';
}

/** Runs a check of Spectral's and says which file it is about. Spectral collects errors in an AggregateError. */
function guarded<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    const problems = problemsOf(cause).map(problem => `${name}: ${problem}`);
    throw new RulesetError([...new Set(problems)].join('\n'), { cause });
  }
}
