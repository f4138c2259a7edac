/** How files are named, so that the layout of a file can be told from its name. */
import { boundedRegExp } from '../load/bounded-regexp.ts';
import type { Delivery } from '../model/index.ts';

type FileName = Delivery['fileName'];
const PART = /\{([a-z][A-Za-z0-9]*)\}/g;

/** Whether a file may be called so. Throws a SyntaxError where a token’s pattern is none. */
export function isNamed({ pattern, tokens }: FileName, name: string): boolean {
  if (name.length > 255) return false;
  let source = '';
  let from = 0;
  for (const match of pattern.matchAll(PART)) {
    source += literal(pattern.slice(from, match.index)) + tokenSource(tokens?.[match[1]!]);
    from = match.index + match[0].length;
  }
  return boundedRegExp(`^${source}${literal(pattern.slice(from))}$`, 'u').test(name);
}

/** Tokens that the pattern names but that are not described, and the reverse. */
export function strayTokens({ pattern, tokens = {} }: FileName): { undescribed: string[]; unused: string[] } {
  const named = new Set([...pattern.matchAll(PART)].map(match => match[1]!));
  return {
    undescribed: [...named].filter(name => !Object.hasOwn(tokens, name)),
    unused: Object.keys(tokens).filter(name => !named.has(name)),
  };
}

function tokenSource(token: NonNullable<FileName['tokens']>[string] | undefined): string {
  if (token?.date !== undefined) return `(?:${token.date.replace(/[.]/g, '\\.').replace(/[A-Za-z]/g, '\\d')})`;
  if (token?.digits !== undefined) return `(?:\\d{${token.digits}})`;
  return token?.pattern === undefined ? '(?:[^/]*)' : `(?:${token.pattern})`;
}

function literal(text: string): string {
  return text.replace(/[.]/g, '\\.');
}
