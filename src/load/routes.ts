/**
 * Path templates (OpenAPI 3.1 §4.8.8): which one a request path belongs to. A template may hold several expressions and
 * literal text in one segment, as OData keys do: `/A_Supplier('{Supplier}')`.
 */
import { compareText } from '../model/finding.ts';

export interface Route<T> {
  readonly template: string;
  readonly value: T;
  readonly segments: readonly RouteSegment[];
}

interface RouteSegment {
  readonly text: string;
  /** Undefined where the segment is literal. */
  readonly pattern: RegExp | undefined;
  readonly names: readonly string[];
  /** How many characters of it are literal: the more, the more concrete. */
  readonly literal: number;
}

export interface RouteMatch<T> {
  readonly value: T;
  readonly template: string;
  /** Decoded values by name. */
  readonly parameters: ReadonlyMap<string, string>;
}

export function routeOf<T>(template: string, value: T): Route<T> {
  return { template, value, segments: split(template).map(segmentOf) };
}

/** Concrete routes first, so that the first match is the one that OpenAPI asks for. */
export function sortRoutes<T>(routes: readonly Route<T>[]): Route<T>[] {
  return [...routes].sort((a, b) => {
    for (let at = 0; at < Math.min(a.segments.length, b.segments.length); at += 1) {
      const [left, right] = [a.segments[at]!, b.segments[at]!];
      if (!left.pattern !== !right.pattern) return left.pattern ? 1 : -1;
      if (left.literal !== right.literal) return right.literal - left.literal;
    }
    return a.segments.length - b.segments.length || compareText(a.template, b.template);
  });
}

/**
 * All routes that the path belongs to, in their order. `path` is still percent-encoded, without query; undefined where
 * its encoding is broken. An encoded `/` is part of its segment.
 */
export function matchRoutes<T>(routes: readonly Route<T>[], path: string): RouteMatch<T>[] | undefined {
  const segments = decodeSegments(path);
  if (!segments) return undefined;
  return routes.flatMap(route => {
    const parameters = matchSegments(route.segments, segments);
    return parameters ? [{ value: route.value, template: route.template, parameters }] : [];
  });
}

function decodeSegments(path: string): string[] | undefined {
  try {
    return split(path).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function matchSegments(
  segments: readonly RouteSegment[],
  actual: readonly string[],
): ReadonlyMap<string, string> | undefined {
  if (segments.length !== actual.length) return undefined;
  const parameters = new Map<string, string>();
  for (const [index, { pattern, names, text }] of segments.entries()) {
    const value = actual[index]!;
    if (!pattern) {
      if (value !== text) return undefined;
      continue;
    }
    const match = pattern.exec(value);
    if (!match) return undefined;
    for (const [position, name] of names.entries()) parameters.set(name, match[position + 1]!);
  }
  return parameters;
}

function split(path: string): string[] {
  return path.split('/').slice(path.startsWith('/') ? 1 : 0);
}

const EXPRESSION = /\{([^{}]+)\}/;

function segmentOf(text: string): RouteSegment {
  // Split by a capturing pattern: literal text at even places, names at odd ones.
  const parts = text.split(new RegExp(EXPRESSION, 'g'));
  const names = parts.filter((_, index) => index % 2 === 1);
  const literal = parts.filter((_, index) => index % 2 === 0).join('').length;
  if (names.length === 0) return { text, pattern: undefined, names, literal };
  const source = parts.map((part, index) => (index % 2 === 1 ? '(.+?)' : escapeRegExp(part))).join('');
  return { text, pattern: new RegExp(`^${source}$`, 's'), names, literal };
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The path of a server URL (OpenAPI Server Object), its variables replaced by their defaults, without a final `/`. */
export function serverPath(url: string, defaults: ReadonlyMap<string, string>): string {
  const filled = url.replace(new RegExp(EXPRESSION, 'g'), (_, name: string) => defaults.get(name) ?? name);
  const path = filled.replace(/^[A-Za-z][A-Za-z0-9+.-]*:/, '').replace(/^\/\/[^/?#]*/, '');
  const clean = (/^[^?#]*/.exec(path)?.[0] ?? '').replace(/\/+$/, '');
  return clean === '' || clean.startsWith('/') ? clean : `/${clean}`;
}
