/** How files are named, so that the layout of a file can be told from its name. */
import { BoundedSearch, boundedRegExp } from '../load/bounded-regexp.ts';
import type { Delivery } from '../model/index.ts';

type FileName = Delivery['fileName'];
const PART = /\{([a-z][A-Za-z0-9]*)\}/g;

/** Whether a file may be called so. Throws a SyntaxError where a token’s pattern is none. */
export function isNamed({ pattern, tokens }: FileName, name: string): boolean {
  if (name.length > 255) return false;
  return boundedRegExp(
    sourceOf(pattern, token => tokenSource(tokens?.[token])),
    'u',
  ).test(name);
}

function sourceOf(pattern: string, tokenOf: (name: string) => string): string {
  let source = '';
  let from = 0;
  for (const match of pattern.matchAll(PART)) {
    source += literal(pattern.slice(from, match.index)) + tokenOf(match[1]!);
    from = match.index + match[0].length;
  }
  return `^${source}${literal(pattern.slice(from))}$`;
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

/** What each token of a name says; undefined where the name is not of the pattern. */
export function tokensIn({ pattern, tokens }: FileName, name: string): ReadonlyMap<string, string> | undefined {
  if (name.length > 255) return undefined;
  const seen = new Set<string>();
  const source = sourceOf(pattern, token => {
    const group = seen.has(token) ? tokenSource(tokens?.[token]) : `(?<${token}>${tokenSource(tokens?.[token])})`;
    seen.add(token);
    return group;
  });
  const match = new BoundedSearch(source, 'u').exec(name);
  return match ? new Map(Object.entries(match.groups ?? {})) : undefined;
}

/** Whether a field says what the token of the name says; formatting is no matter. */
export function saysTheSame(token: NonNullable<FileName['tokens']>[string], named: string, value: string): boolean {
  if (token.date !== undefined) return plain(value).startsWith(isoDigits(token.date, named));
  if (token.digits !== undefined) {
    const digits = /\d+$/.exec(value)?.[0];
    return digits !== undefined && BigInt(digits) === BigInt(named);
  }
  return plain(value) === plain(named);
}

function plain(text: string): string {
  return text.replace(/[^\p{L}\p{Nd}]/gu, '');
}

/** The digits of a date in the order of ISO 8601: `05-26-26` by `MM-dd-yy` → `20260526`. */
function isoDigits(format: string, text: string): string {
  const part = (token: string) => {
    const at = format.indexOf(token);
    return at < 0 ? '' : text.slice(at, at + token.length);
  };
  const year = part('yyyy') || (format.includes('yy') ? `20${part('yy')}` : '');
  return year + ['MM', 'dd', 'HH', 'mm', 'ss'].map(part).join('');
}
