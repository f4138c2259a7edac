/** What goes wrong when one document takes the way there and back. */
import {
  type Direction,
  type Entry,
  extend,
  type Finding,
  finding,
  ITEMS,
  type Json,
  type JsonObject,
  type Location,
  type Mapping,
  type Rule,
  segment,
} from '../model/index.ts';
import { type Expressions, TransformError } from './expressions.ts';
import rule from './mapping-rules.ts';
import { fieldOf, isServersOwn, type Sides, sameTextOn } from './mapping-sides.ts';
import { differences, type SameText } from './round-trip.ts';
import { transform } from './transform.ts';

export interface Fault {
  readonly rule: Rule;
  readonly direction: Direction;
  /** Of the target, or of the source where it does not survive. */
  readonly field: readonly string[];
  readonly message: string;
  readonly facts: JsonObject;
}

export interface Judgement {
  readonly faults: readonly Fault[];
  /** Fields that do not come back as they were, lost ones included; undefined where the way ended before. */
  readonly changed: readonly string[] | undefined;
  /** What the document becomes on the other side. */
  readonly output: Json | undefined;
}

export type Judge = (mapping: Pick<Mapping, Direction>, direction: Direction, value: Json) => Promise<Judgement>;

export const OPPOSITE = { toVendor: 'toCanonical', toCanonical: 'toVendor' } as const satisfies Record<
  Direction,
  Direction
>;

/** Two faults with one key are one finding. */
export function keyOf({ rule: { id }, direction, field, facts }: Fault): string {
  return JSON.stringify([id, direction, field, facts]);
}

export function judgeOf(mapping: Entry<Mapping>, sides: Record<Direction, Sides>, expressions: Expressions): Judge {
  const lost = lostFields(mapping.value);
  const same: Record<Direction, SameText> = {
    toVendor: sameTextOn(sides.toVendor.source),
    toCanonical: sameTextOn(sides.toCanonical.source),
  };
  return async (variant, direction, value) => {
    const there = await attempt(variant, direction, value, expressions);
    if ('fault' in there) return { faults: [there.fault], changed: undefined, output: undefined };
    const { output } = there;
    const refused = refusals(direction, sides[direction], output);
    if (refused.length > 0) return { faults: refused, changed: undefined, output };
    const back = await attempt(variant, OPPOSITE[direction], output ?? null, expressions);
    if ('fault' in back) return { faults: [back.fault], changed: undefined, output };
    const changed = differences(value, back.output, [], same[direction]);
    const unexpected = changed.length === 0 ? [] : differences(value, back.output, lost[direction], same[direction]);
    return { faults: unexpected.map(field => notKept(direction, field)), changed, output };
  };
}

function notKept(direction: Direction, name: string): Fault {
  const way = direction === 'toVendor' ? 'to the vendor and back' : 'to the canonical model and back';
  const what = name === '' ? 'the document' : `"${name}"`;
  return {
    rule: rule.notKept,
    direction,
    field: name === '' ? [] : name.split('/'),
    message: `${what} does not survive the way ${way}, and is not listed as lost`,
    facts: { field: name },
  };
}

export function lostFields(mapping: Mapping): Record<Direction, string[]> {
  const of = (direction: Direction) =>
    mapping.lost.filter(each => each.direction === direction).map(({ field }) => field);
  return { toVendor: of('toVendor'), toCanonical: of('toCanonical') };
}

async function attempt(
  mapping: Pick<Mapping, Direction>,
  direction: Direction,
  value: Json,
  expressions: Expressions,
): Promise<{ readonly output: Json | undefined } | { readonly fault: Fault }> {
  try {
    return { output: await transform(mapping, direction, value, expressions) };
  } catch (error) {
    if (!(error instanceof TransformError)) throw error;
    const field = targetOf(error.at);
    const message = `${direction}: the expression of "${field.join('/')}" fails: ${error.message}`;
    return { fault: { rule: rule.expressionFailed, direction, field, message, facts: {} } };
  }
}

function refusals(direction: Direction, { target }: Sides, output: Json | undefined): Fault[] {
  const side = direction === 'toVendor' ? 'vendor' : 'canonical';
  const fault = (field: readonly string[], what: string, keyword: string): Fault => ({
    rule: rule.invalidOutput,
    direction,
    field,
    message: `a valid document becomes one that the ${side} schema refuses: ${what}`,
    facts: { keyword },
  });
  if (output === undefined) return [fault([], 'there is nothing in it', 'required')];
  return target
    .violations(output)
    .filter(violation => !isServersOwn(target, violation))
    .map(violation => fault(fieldOf(violation), violation.message, violation.keyword));
}

/** The target's field that a place in a template is about. */
export function targetOf(at: readonly string[]): string[] {
  return at.flatMap(name => (name === '$each' ? [] : name === '$item' ? [ITEMS] : [segment(name)]));
}

/** The finding for a fault, with the document that shows it. */
export function findingOf(
  { id }: Entry<Mapping>,
  fault: Fault,
  { witness, seed, location }: { readonly witness: Json; readonly seed: number; readonly location: Location },
): Finding {
  return finding(fault.rule, {
    subject: extend(id, fault.direction, ...fault.field),
    message: `${fault.message} (seed ${seed})`,
    facts: fault.facts,
    location,
    evidence: { witness },
  });
}
