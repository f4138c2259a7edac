/**
 * The part of JSONata that mappings are made of (paths, predicates, conditions, operators, look-ups, text and number
 * functions), compiled to closures. JSONata itself awaits every node of an expression, which is a hundred times slower
 * than the work. Each function here follows the evaluator of jsonata 2.2 step by step; where a construct or a value is
 * anything but plain, it gives up and JSONata decides. tests/verify/fast-expression.test.ts holds the two together.
 */
import jsonata from 'jsonata';
import { BoundedSearch } from '../load/bounded-regexp.ts';
import { isObject, type Json, type JsonObject } from '../model/index.ts';

/** The compiled expression over a context, with `$source`; {@link GAVE_UP} where JSONata has to decide. */
export type FastExpression = (context: Json, source: Json) => unknown;

export const GAVE_UP = Symbol('gave up');

/** More steps than any look-up in a document takes: JSONata, which has limits of its own, may go on. */
const MAX_STEPS = 50_000;
const MAX_DEPTH = 60;

interface Environment {
  readonly root: unknown;
  readonly source: Json;
  readonly bound: Map<string, unknown>;
  readonly outer: Environment | undefined;
  readonly spent: { steps: number };
}
type Code = (input: unknown, environment: Environment) => unknown;

/** JSONata marks the arrays that it makes: those of one item stand for the item, those of none for nothing. */
type Sequence = unknown[] & { sequence?: boolean; keepSingleton?: boolean; cons?: boolean };

/** What of the syntax tree is read here. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly stages?: readonly Node[];
  readonly predicate?: readonly Node[];
  readonly expr?: Node;
  readonly expressions?: readonly Node[];
  readonly expression?: Node;
  readonly arguments?: readonly Node[];
  readonly procedure?: Node;
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
  readonly lhs?: Node | readonly (readonly [Node, Node])[];
  readonly rhs?: Node;
  readonly keepArray?: boolean;
  readonly keepSingletonArray?: boolean;
  readonly consarray?: boolean;
}

/** What changes the meaning of a node in ways that are not followed here. */
const STRANGE = ['group', 'tuple', 'focus', 'index', 'ancestor', 'seekingParent', 'nextFunction', 'thunk'];

interface Native {
  readonly implementation: (...args: unknown[]) => unknown;
  readonly signature: { readonly validate: (args: readonly unknown[], context: unknown) => unknown[] };
}

/** Functions of JSONata that are plain and synchronous inside; their own implementations are called. */
const PLAIN =
  'string substring substringBefore substringAfter lowercase uppercase length trim pad join formatNumber formatBase formatInteger parseInteger number floor ceil round abs power boolean not count sum max min average keys lookup append exists merge reverse type distinct toMillis fromMillis'.split(
    ' ',
  );

export type Natives = ReadonlyMap<string, Native>;
let natives: Promise<Natives> | undefined;

/** Functions of JSONata's, taken out of it by evaluating their names. */
export function nativeFunctions(): Promise<Natives> {
  natives ??= Promise.all(
    PLAIN.map(async name => [name, (await jsonata(`$${name}`).evaluate({})) as Native] as const),
  ).then(found => new Map(found));
  return natives;
}

/** From JSONata's syntax tree; undefined where that holds anything that is not compiled here. */
export function compileFast(tree: object, functions: Natives): FastExpression | undefined {
  const code = compiled(tree as Node, functions, 0);
  if (!code) return undefined;
  return (context, source) => {
    // JSONata wraps a context that is an array.
    if (Array.isArray(context)) return GAVE_UP;
    try {
      return code(context, { root: context, source, bound: new Map(), outer: undefined, spent: { steps: 0 } });
    } catch {
      // Whatever is wrong, JSONata words it.
      return GAVE_UP;
    }
  };
}

function compiled(node: Node, functions: Natives, depth: number): Code | undefined {
  if (depth > MAX_DEPTH || STRANGE.some(key => key in node)) return undefined;
  const inner = (child: Node | undefined) => (child ? compiled(child, functions, depth + 1) : undefined);
  const own = codeOf(node, inner, functions);
  if (!own) return undefined;
  const filters = filtersOf(node.predicate, inner);
  if (!filters) return undefined;
  const keepArray = node.keepArray === true;
  return (input, environment) => {
    environment.spent.steps += 1;
    if (environment.spent.steps > MAX_STEPS) throw GAVE_UP;
    let result = own(input, environment);
    for (const filter of filters) result = filter(result, environment);
    if (!isSequence(result)) return result;
    if (keepArray) result.keepSingleton = true;
    if (result.length === 0) return undefined;
    return result.length === 1 && !result.keepSingleton ? result[0] : result;
  };
}

type Inner = (child: Node | undefined) => Code | undefined;

function codeOf(node: Node, inner: Inner, functions: Natives): Code | undefined {
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return () => node.value;
    case 'name':
      return input => lookup(input, String(node.value));
    case 'variable':
      return variable(String(node.value));
    case 'path':
      return path(node, inner);
    case 'condition':
      return condition(node, inner);
    case 'binary':
      return binary(node, inner);
    case 'unary':
      return unary(node, inner);
    case 'block':
      return block(node, inner);
    case 'bind':
      return bind(node, inner);
    case 'function':
      return call(node, inner, functions);
    default:
      return undefined;
  }
}

/** All of them, or undefined where one cannot be compiled. */
function allOf(nodes: readonly Node[], inner: Inner): Code[] | undefined {
  const codes = nodes.map(inner);
  return codes.every(code => code !== undefined) ? codes : undefined;
}

function variable(name: string): Code {
  if (name === '') return input => input;
  if (name === '$') return (_, { root }) => root;
  return (_, environment) => {
    const frame = frameOf(name, environment);
    if (frame) return frame.bound.get(name);
    if (name === 'source') return environment.source;
    // A function as a value, or nothing at all.
    throw GAVE_UP;
  };
}

/** The innermost block that binds a name. */
function frameOf(name: string, environment: Environment): Environment | undefined {
  for (let frame: Environment | undefined = environment; frame; frame = frame.outer) {
    if (frame.bound.has(name)) return frame;
  }
  return undefined;
}

function path(node: Node, inner: Inner): Code | undefined {
  const steps = node.steps ?? [];
  const codes = allOf(steps, inner);
  const filters = steps.map(step => filtersOf(step.stages, inner));
  if (!codes || !filters.every(found => found !== undefined)) return undefined;
  const startsAnywhere = steps[0]?.type === 'variable';
  const general: Code = (input, environment) => {
    let sequence: unknown[] = Array.isArray(input) && !startsAnywhere ? input : sequenceOf(input);
    for (const [index, code] of codes.entries()) {
      const result =
        index === 0 && steps[0]?.consarray
          ? (code(sequence, environment) as unknown[])
          : step(code, filters[index]!, sequence, environment, index === codes.length - 1);
      sequence = result;
      if (result === undefined || result.length === 0) break;
    }
    if (node.keepSingletonArray && Array.isArray(sequence)) {
      const marked = sequence as Sequence;
      if (marked.cons && !marked.sequence) sequence = sequenceOf(marked);
      if (isSequence(sequence)) sequence.keepSingleton = true;
    }
    return sequence;
  };
  const names = steps.map(({ value }) => String(value));
  const isPlain = steps.every(({ type, stages, keepArray }) => type === 'name' && !stages && !keepArray);
  if (!isPlain || node.keepSingletonArray) return general;
  return (input, environment) => {
    let value = input;
    for (const [index, name] of names.entries()) {
      if (!isObject(value)) return Array.isArray(value) ? general(input, environment) : undefined;
      if (!Object.hasOwn(value, name)) return undefined;
      value = value[name];
      if (index < names.length - 1 && Array.isArray(value)) return general(input, environment);
    }
    return value;
  };
}

function step(code: Code, filters: readonly Filter[], input: unknown[], environment: Environment, isLast: boolean) {
  const results: unknown[] = [];
  for (const item of input) {
    let result = code(item, environment);
    for (const filter of filters) result = filter(result, environment);
    if (result !== undefined) results.push(result);
  }
  const [only] = results;
  if (isLast && results.length === 1 && Array.isArray(only) && !isSequence(only)) return only as unknown[];
  const flat = sequenceOf();
  for (const result of results) {
    if (!Array.isArray(result) || (result as Sequence).cons) flat.push(result);
    else for (const item of result) flat.push(item);
  }
  return flat;
}

type Filter = (input: unknown, environment: Environment) => unknown;

function filtersOf(stages: readonly Node[] | undefined, inner: Inner): Filter[] | undefined {
  const filters: Filter[] = [];
  for (const { type, expr } of stages ?? []) {
    const code = inner(expr);
    if (type !== 'filter' || !expr || !code) return undefined;
    const wanted = expr.type === 'number' ? Math.floor(Number(expr.value)) : undefined;
    filters.push((input, environment) => {
      const items = Array.isArray(input) ? (input as unknown[]) : sequenceOf(input);
      if (wanted !== undefined) {
        const item = items[wanted < 0 ? items.length + wanted : wanted];
        return Array.isArray(item) ? item : item === undefined ? sequenceOf() : sequenceOf(item);
      }
      const kept = sequenceOf();
      for (const item of items) {
        const result = code(item, environment);
        // Numbers select by position.
        if (typeof result === 'number' || Array.isArray(result)) throw GAVE_UP;
        if (truth(result) === true) kept.push(item);
      }
      return kept;
    });
  }
  return filters;
}

function condition(node: Node, inner: Inner): Code | undefined {
  const test = inner(node.condition);
  const then = inner(node.then);
  const otherwise = node.else === undefined ? () => undefined : inner(node.else);
  if (!test || !then || !otherwise) return undefined;
  return (input, environment) => (truth(test(input, environment)) ? then : otherwise)(input, environment);
}

function binary(node: Node, inner: Inner): Code | undefined {
  const operator = String(node.value);
  const left = inner(node.lhs as Node);
  const right = inner(node.rhs);
  if (!left || !right) return undefined;
  if (operator === 'and') return (input, at) => truth(left(input, at)) === true && truth(right(input, at)) === true;
  if (operator === 'or') return (input, at) => truth(left(input, at)) === true || truth(right(input, at)) === true;
  const combine = OPERATORS[operator];
  return combine && ((input, environment) => combine(left(input, environment), right(input, environment)));
}

const OPERATORS: Readonly<Record<string, (a: unknown, b: unknown) => unknown>> = {
  '=': (a, b) => a !== undefined && b !== undefined && isSame(a, b),
  '!=': (a, b) => a !== undefined && b !== undefined && !isSame(a, b),
  '<': (a, b) => compared(a, b, order => order < 0),
  '<=': (a, b) => compared(a, b, order => order <= 0),
  '>': (a, b) => compared(a, b, order => order > 0),
  '>=': (a, b) => compared(a, b, order => order >= 0),
  '+': (a, b) => calculated(a, b, (x, y) => x + y),
  '-': (a, b) => calculated(a, b, (x, y) => x - y),
  '*': (a, b) => calculated(a, b, (x, y) => x * y),
  '/': (a, b) => calculated(a, b, (x, y) => x / y),
  '%': (a, b) => calculated(a, b, (x, y) => x % y),
  '&': (a, b) => textOf(a) + textOf(b),
  in: (a, b) => a !== undefined && b !== undefined && (Array.isArray(b) ? b : [b]).some(item => item === a),
};

function compared(a: unknown, b: unknown, is: (order: number) => boolean): unknown {
  const isComparable = (value: unknown) => value === undefined || typeof value === 'string' || isNumber(value);
  if (!isComparable(a) || !isComparable(b)) throw GAVE_UP;
  if (a === undefined || b === undefined) return undefined;
  if (typeof a !== typeof b) throw GAVE_UP;
  return is((a as string) < (b as string) ? -1 : a === b ? 0 : 1);
}

function calculated(a: unknown, b: unknown, operate: (a: number, b: number) => number): unknown {
  if ((a !== undefined && !isNumber(a)) || (b !== undefined && !isNumber(b))) throw GAVE_UP;
  return a === undefined || b === undefined ? undefined : operate(a as number, b as number);
}

/** What `&` makes of a value. */
function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (isNumber(value)) return String(Number.isInteger(value) ? value : Number(value.toPrecision(15)));
  if (typeof value === 'boolean' || value === null) return String(value);
  throw GAVE_UP;
}

function unary(node: Node, inner: Inner): Code | undefined {
  if (node.value === '-') {
    const operand = inner(node.expression);
    return operand && ((input, environment) => calculated(operand(input, environment), -1, (a, b) => a * b));
  }
  return node.value === '[' ? list(node, inner) : node.value === '{' ? record(node, inner) : undefined;
}

function list(node: Node, inner: Inner): Code | undefined {
  const expressions = node.expressions ?? [];
  const codes = allOf(expressions, inner);
  if (!codes) return undefined;
  const isNested = expressions.map(({ value }) => value === '[');
  return (input, environment) => {
    const result: Sequence = [];
    for (const [index, code] of codes.entries()) {
      const value = code(input, environment);
      if (value === undefined) continue;
      if (Array.isArray(value) && !isNested[index]) for (const item of value) result.push(item);
      else result.push(value);
    }
    if (node.consarray) Object.defineProperty(result, 'cons', { enumerable: false, configurable: false, value: true });
    return result;
  };
}

/** Object constructors whose names are written out: tables to look things up in, and small objects. */
function record(node: Node, inner: Inner): Code | undefined {
  const pairs = (node.lhs ?? []) as readonly (readonly [Node, Node])[];
  const names = pairs.map(([name]) => (name.type === 'string' && !name.predicate ? String(name.value) : undefined));
  const codes = allOf(
    pairs.map(([, value]) => value),
    inner,
  );
  const isPlain = names.every(name => name !== undefined && !name.startsWith('_jsonata_'));
  if (!codes || !isPlain || new Set(names).size !== names.length) return undefined;
  const build: Code = (input, environment) => {
    if (Array.isArray(input)) throw GAVE_UP;
    const result = Object.create(null) as JsonObject;
    for (const [index, code] of codes.entries()) {
      const value = code(input, environment);
      if (value !== undefined) result[names[index]!] = value as Json;
    }
    return result;
  };
  const isConstant = pairs.every(([, { type, predicate }]) => ['string', 'number'].includes(type) && !predicate);
  if (!isConstant) return build;
  const constant = Object.freeze(
    Object.assign(Object.create(null), Object.fromEntries(pairs.map(([, { value }], at) => [names[at]!, value]))),
  ) as JsonObject;
  return input => {
    if (Array.isArray(input)) throw GAVE_UP;
    return constant;
  };
}

function block(node: Node, inner: Inner): Code | undefined {
  const codes = allOf(node.expressions ?? [], inner);
  if (!codes) return undefined;
  return (input, outer) => {
    const environment: Environment = { ...outer, bound: new Map(), outer };
    let result: unknown;
    for (const code of codes) result = code(input, environment);
    return result;
  };
}

function bind(node: Node, inner: Inner): Code | undefined {
  const name = String((node.lhs as Node).value);
  const code = inner(node.rhs);
  if (!code || name === '' || name === '$') return undefined;
  return (input, environment) => {
    const value = code(input, environment);
    environment.bound.set(name, value);
    return value;
  };
}

function call(node: Node, inner: Inner, functions: Natives): Code | undefined {
  if (node.procedure?.type !== 'variable' || node.procedure.predicate) return undefined;
  const name = String(node.procedure.value);
  const code = calling(name, node.arguments ?? [], inner, functions);
  if (!code) return undefined;
  return (input, environment) => {
    // A function's name that was given another meaning.
    if (frameOf(name, environment)) throw GAVE_UP;
    return code(input, environment);
  };
}

function calling(name: string, given: readonly Node[], inner: Inner, functions: Natives): Code | undefined {
  if (name === 'contains') return contains(given, inner);
  const native = functions.get(name);
  const codes = allOf(given, inner);
  if (!native || !codes) return undefined;
  if (name === 'exists' && codes.length === 1) return (input, at) => codes[0]!(input, at) !== undefined;
  if (name === 'lookup' && codes.length === 2) {
    const [table, key] = codes as [Code, Code];
    return (input, environment) => {
      const found = table(input, environment);
      const wanted = key(input, environment);
      if (typeof wanted !== 'string' || !isObject(found)) return invoke(native, [found, wanted], input);
      return Object.hasOwn(found, wanted) ? found[wanted] : undefined;
    };
  }
  return (input, environment) =>
    invoke(
      native,
      codes.map(code => code(input, environment)),
      input,
    );
}

function invoke({ implementation, signature }: Native, given: readonly unknown[], input: unknown): unknown {
  const focus = { input, environment: { timestamp: new Date() }, createSequence: sequenceOf };
  const result = implementation.apply(focus, signature.validate([...given], input));
  if (result instanceof Promise) throw GAVE_UP;
  return result;
}

/** `$contains` with a text or a regular expression; the latter has the flag `g`, so it starts over each time. */
function contains([text, token]: readonly Node[], inner: Inner): Code | undefined {
  const subject = inner(text);
  if (!subject || !token || token.predicate) return undefined;
  const pattern = token.type === 'regex' && token.value instanceof RegExp ? new BoundedSearch(token.value) : undefined;
  const part = pattern ? () => '' : inner(token);
  if (!part) return undefined;
  return (input, environment) => {
    const found = subject(input, environment);
    const wanted = part(input, environment);
    if (found === undefined) return undefined;
    if (typeof found !== 'string' || typeof wanted !== 'string') throw GAVE_UP;
    if (!pattern) return found.includes(wanted);
    pattern.lastIndex = 0;
    return pattern.exec(found) !== null;
  };
}

function lookup(input: unknown, name: string): unknown {
  if (Array.isArray(input)) {
    const result = sequenceOf();
    for (const item of input) {
      const found = lookup(item, name);
      if (Array.isArray(found)) for (const each of found) result.push(each);
      else if (found !== undefined) result.push(found);
    }
    return result;
  }
  return isObject(input) && Object.hasOwn(input, name) ? input[name] : undefined;
}

/** `$boolean`; nothing for nothing. */
function truth(value: unknown): boolean | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.some(item => truth(item) === true);
  if (isObject(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => isSame(item, b[at]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(name => Object.hasOwn(b, name) && isSame(a[name], b[name]));
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isSequence(value: unknown): value is Sequence {
  return Array.isArray(value) && (value as Sequence).sequence === true;
}

function sequenceOf(...items: unknown[]): Sequence {
  const sequence: Sequence = items;
  sequence.sequence = true;
  return sequence;
}
