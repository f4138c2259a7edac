/**
 * Regular expressions that others wrote, on text that others wrote. JavaScript's engine backtracks, and a pattern such
 * as `^(a+)+$` takes longer than anyone waits; so a pattern that repeats a group runs under a watchdog.
 */
import { boundedCall, CallTimeout } from './bounded-call.ts';

const LIMIT_MS = 250;
/** A quantifier on a group: without one, backtracking is at worst polynomial. */
const REPEATED_GROUP = /\)[*+{]/;

/** A pattern was still at work after the time it may take. */
export class PatternTimeout extends Error {
  override readonly name = 'PatternTimeout';
}

export interface BoundedRegExp {
  readonly test: (text: string) => boolean;
  /** The pattern as a literal. */
  readonly toString: () => string;
}

/** Throws a SyntaxError where the pattern is none; `test` throws a {@link PatternTimeout}. */
export function boundedRegExp(pattern: string, flags = ''): BoundedRegExp {
  const expression = new RegExp(pattern, flags);
  if (!REPEATED_GROUP.test(pattern)) return expression;
  const test = remembering(text => testWithin(expression, text));
  // Ajv takes patterns that print alike for one pattern.
  return { test, toString: () => String(expression) };
}

/** Documents repeat their codes and ids, and a watchdog costs more than most searches. */
const REMEMBERED = 1000;
const LONGEST = 100;

function remembering(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return text => {
    if (text.length > LONGEST) return test(text);
    const found = known.get(text) ?? test(text);
    if (known.size >= REMEMBERED) known.clear();
    known.set(text, found);
    return found;
  };
}

function testWithin(expression: RegExp, text: string): boolean {
  try {
    return boundedCall(() => expression.test(text), LIMIT_MS);
  } catch (cause) {
    if (!(cause instanceof CallTimeout)) throw cause;
    const message = `the pattern ${expression.source} takes over ${LIMIT_MS} ms on a text of ${text.length} characters`;
    throw new PatternTimeout(message, { cause });
  }
}

/** A regular expression whose search ends, for those who need the match itself. */
export class BoundedSearch extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    // The same search, first where it can be stopped.
    if (REPEATED_GROUP.test(this.source))
      testWithin(new RegExp(this.source, this.flags.replace(/[gy]/g, '')), text.slice(this.lastIndex));
    return super.exec(text);
  }
}

/** For ajv's option `code.regExp`. The code is what a stand-alone validator would contain, which we never make. */
export const ajvRegExp = Object.assign(boundedRegExp, { code: 'new RegExp' });
