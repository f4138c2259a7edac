import { formatPointer, isObject, type Json, type Path } from '../model/json.ts';
import type { Place } from './explain.ts';
import { type Algebra, type Formula, TYPES } from './formula.ts';
import { additionalNames } from './keywords/properties.ts';
import type { KeywordReading, Reading } from './reading.ts';
import type { Outcome } from './solve/outcome.ts';
import { statedTypes, tagsOf } from './tags.ts';
import type { StringSet, Strings } from './text/string-set.ts';
import { oneOfValues } from './values.ts';

/** One thing that the first schema accepts and the second does not, or may not. */
export type Disagreement =
  | { readonly verdict: 'refuted'; readonly witness: Json; readonly at: Place }
  | { readonly verdict: 'unproven'; readonly reason: string; readonly rejecting: string };

export interface DisagreementMeans {
  readonly algebra: Algebra;
  readonly strings: Strings;
  /** A value of the formula that the first schema accepts. */
  readonly ask: (formula: Formula) => Outcome;
  readonly shrink: (formula: Formula, value: Json) => Json;
  readonly satisfies: (formula: Formula, value: Json) => boolean | undefined;
  /** The schemas of the first document that describe a part of a value. */
  readonly accepting: (value: Json, path: Path) => readonly string[];
}

/** How a part of a value is reached, and what is said of it. */
interface Way {
  readonly steps: readonly Step[];
  /** The formula for the whole value: that some such part satisfies this one. */
  readonly wrap: (formula: Formula) => Formula;
  /** The same, while all else that the second schema says on the way is kept. */
  readonly strictly: (formula: Formula) => Formula;
}

type Step = { readonly names: StringSet } | 'items';

const HERE: Way = { steps: [], wrap: formula => formula, strictly: formula => formula };

/**
 * The smallest keywords of the second schema that the first does not keep, each with a witness that offends no other
 * where there is one. What every value must satisfy is gone through part by part; alternatives and conditions are asked
 * about as a whole. What two schemas disagree on is said once, however many places refer to them.
 */
export function disagreements(b: Reading, most: number, means: DisagreementMeans): Disagreement[] {
  const { algebra, ask } = means;
  const found = new Map<string, Disagreement>();
  const seen = new Set<string>();

  function visit(reading: Reading, way: Way): void {
    const failing = algebra.not(reading.formula());
    const outcome = ask(way.wrap(failing));
    if (outcome.kind === 'empty' || found.size >= most) return;
    const path = outcome.kind === 'value' ? partAt(outcome.value, way.steps, failing, means) : [];
    const described = outcome.kind === 'value' ? means.accepting(outcome.value, path) : [];
    const key = [reading.pointer, ...described].join(' ');
    if (seen.has(key)) return;
    seen.add(key);
    const keywords = reading.keywords();
    if (keywords.length === 0) report(reading.pointer, failing, way, outcome);
    for (const keyword of keywords) look(keyword, reading, way);
  }

  function look(keyword: KeywordReading, reading: Reading, way: Way): void {
    const outcome = ask(way.wrap(algebra.not(keyword.formula())));
    if (outcome.kind === 'empty' || found.size >= most) return;
    const others = reading.keywords().filter(other => other.keyword !== keyword.keyword);
    const beside = algebra.and(others.map(other => other.formula()));
    const strict: Way = { ...way, strictly: formula => way.strictly(algebra.and([beside, formula])) };
    const pointer = `${reading.pointer}${formatPointer([keyword.keyword.name])}`;
    const alternatives = alternativesOf(keyword, reading, means);
    const parts = partsOf(keyword, reading, means) ?? alternatives;
    for (const [keys, formula] of parts ? [] : clausesOf(keyword, means)) {
      const clause = algebra.not(formula);
      const at = `${pointer}${formatPointer(keys)}`;
      report(at, clause, strict, formula === keyword.formula() ? outcome : ask(way.wrap(clause)));
    }
    for (const part of parts ?? []) visit(part.to, onward(strict, part, parts ?? []));
    if (!alternatives) return;
    const untold = algebra.and([
      algebra.not(keyword.formula()),
      ...alternatives.map(({ to, wrap }) => algebra.not(wrap(algebra.not(to.formula())))),
    ]);
    report(pointer, untold, strict, ask(way.wrap(untold)));
  }

  function onward(way: Way, part: Part, all: readonly Part[]): Way {
    const siblings = algebra.and(
      all.filter(other => other !== part).map(({ to, wrap }) => algebra.not(wrap(algebra.not(to.formula())))),
    );
    return {
      steps: [...way.steps, ...part.steps],
      wrap: formula => way.wrap(part.wrap(formula)),
      strictly: formula => way.strictly(algebra.and([siblings, part.wrap(formula)])),
    };
  }

  function report(rejecting: string, failing: Formula, way: Way, outcome: Outcome): void {
    if (outcome.kind === 'empty') return;
    if (outcome.kind === 'unknown') {
      found.set(rejecting, { verdict: 'unproven', reason: outcome.reason, rejecting });
      return;
    }
    const [strict, plain] = [way.strictly(failing), way.wrap(failing)];
    const pure = ask(strict);
    const witness = pure.kind === 'value' ? means.shrink(strict, pure.value) : means.shrink(plain, outcome.value);
    const path = partAt(witness, way.steps, failing, means);
    const at = { instance: formatPointer(path), accepting: means.accepting(witness, path), rejecting };
    found.set([rejecting, ...at.accepting].join(' '), { verdict: 'refuted', witness, at });
  }

  visit(b, HERE);
  return [...found.values()];
}

/** A path to a part that the steps lead to and that satisfies the formula. */
function partAt(value: Json, steps: readonly Step[], formula: Formula, means: DisagreementMeans): Path {
  const search = (part: Json, depth: number): Path | undefined => {
    const step = steps[depth];
    if (!step) return means.satisfies(formula, part) === true ? [] : undefined;
    const inner =
      step === 'items'
        ? Object.entries(Array.isArray(part) ? part : [])
        : Object.entries(isObject(part) ? part : {}).filter(([name]) => step.names.has(name) === true);
    for (const [key, child] of inner) {
      const rest = search(child, depth + 1);
      if (rest) return [key, ...rest];
    }
    return undefined;
  };
  return search(value, 0) ?? [];
}

/** What a keyword says, taken apart where it is a list of independent demands. */
function clausesOf(
  { keyword, value, formula }: KeywordReading,
  { algebra, strings }: DisagreementMeans,
): [Path, Formula][] {
  if (keyword.name !== 'required' || !Array.isArray(value) || value.length < 2) return [[[], formula()]];
  return value.map((name, index) => [
    [index],
    algebra.where({ on: 'object', is: 'having', names: strings.listed([String(name)]), formula: algebra.always }),
  ]);
}

interface Part {
  readonly to: Reading;
  readonly wrap: (formula: Formula) => Formula;
  readonly steps: readonly Step[];
}

/** The schemas that must hold for every value; undefined where the keyword says more than that. */
function partsOf(
  { keyword, value: held }: KeywordReading,
  reading: Reading,
  means: DisagreementMeans,
): Part[] | undefined {
  const { algebra, strings } = means;
  const { name } = keyword;
  const same = (to: Reading): Part => ({ to, wrap: formula => formula, steps: [] });
  const member = (keys: Path, names: StringSet): Part => ({
    to: reading.inside(keys, 'below'),
    wrap: formula => algebra.is({ on: 'object', is: 'having', names, formula }),
    steps: [{ names }],
  });
  switch (name) {
    case '$ref':
      return [same(reading.follow(String(held)))];
    case 'allOf':
      return Array.isArray(held) ? held.map((_, index) => same(reading.inside([name, index], 'here'))) : undefined;
    case 'properties':
      return isObject(held) ? Object.keys(held).map(key => member([name, key], strings.listed([key]))) : undefined;
    case 'patternProperties':
      return isObject(held)
        ? Object.keys(held).map(pattern => member([name, pattern], strings.pattern(pattern)))
        : undefined;
    case 'additionalProperties':
      return isObject(held) ? [member([name], additionalNames(reading.schema, strings))] : undefined;
    case 'items':
      if (Array.isArray(held) || reading.schema === true || prefixed(reading)) return undefined;
      return [
        {
          to: reading.inside([name], 'below'),
          wrap: formula => algebra.is({ on: 'array', is: 'holding', from: 0, formula, atLeast: 1 }),
          steps: ['items'],
        },
      ];
    default:
      return undefined;
  }
}

/**
 * Alternatives that their types or a member tell apart: of a value that is meant for one of them, and that none of those
 * accept that cannot be told, that one must hold.
 */
function alternativesOf(
  { keyword: { name }, value: held }: KeywordReading,
  reading: Reading,
  { algebra, strings }: DisagreementMeans,
): Part[] | undefined {
  if ((name !== 'oneOf' && name !== 'anyOf') || !Array.isArray(held) || held.length < 2) return undefined;
  const alternatives = held.map((_, index) => reading.inside([name, index], 'here'));
  const meant = meantFor(alternatives, algebra, strings);
  const untold = alternatives.filter((_, index) => !meant[index]).map(other => algebra.not(other.formula()));
  const parts = alternatives.flatMap((to, index): Part[] => {
    const here = meant[index];
    return here ? [{ to, wrap: formula => algebra.and([here, ...untold, formula]), steps: [] }] : [];
  });
  return parts.length > 0 ? parts : undefined;
}

/** For each alternative, the values that are meant for it; undefined where that cannot be told. */
function meantFor(alternatives: readonly Reading[], algebra: Algebra, strings: Strings): (Formula | undefined)[] {
  const types = alternatives.map(alternative => statedTypes(alternative) ?? TYPES);
  const isApart = (index: number) =>
    types.every((others, other) => other === index || !others.some(type => types[index]!.includes(type)));
  const alike = alternatives.filter((_, index) => !isApart(index));
  const tags = tagsOf(alike);
  return alternatives.map((alternative, index) => {
    if (isApart(index)) return algebra.types(types[index]!);
    const values = tags?.values[alike.indexOf(alternative)] ?? [];
    if (!tags || values.length === 0) return undefined;
    const formula = oneOfValues(values, algebra, strings);
    return algebra.is({ on: 'object', is: 'having', names: strings.listed([tags.name]), formula });
  });
}

const prefixed = ({ schema }: Reading): boolean => isObject(schema) && 'prefixItems' in schema;
