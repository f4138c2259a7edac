/**
 * The one grammar that names everything (see docs/decisions/0003-id-grammar.md):
 *
 *     id      = kind ":" name [ "@" version ] [ "#" segment *( "/" segment ) ]
 *     name    = part *( "/" part )
 *
 * `api:suppliers@1#createSupplier/request/body/lines/[]/uom`. Segments are escaped as in RFC 6901 (`~0`, `~1`);
 * `[]` (the items of an array) and `{}` (the values of a map) are structural, and a property that is literally
 * called so is written `~2]` or `~3}`.
 */
export const KINDS = [
  'api',
  'event',
  'schema',
  'file',
  'mapping',
  'workflow',
  'system',
  'consumer',
  'team',
  'policy',
  'domain',
  'waiver',
  'source',
] as const;
export type Kind = (typeof KINDS)[number];

export interface Id {
  readonly kind: Kind;
  readonly name: string;
  readonly version?: string;
  /** Escaped segments, so that a structural `[]` and a property named `[]` stay apart. Use {@link segment}. */
  readonly path: readonly string[];
}

const HEAD = /^([a-z]+):([A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*)(?:@([A-Za-z0-9][A-Za-z0-9.+-]*))?$/;
const SEGMENT = /^(?:~[0123]|[^~/])+$/;

/** Items of an array, and values of a map, as path segments. */
export const ITEMS = '[]';
export const VALUES = '{}';

/** The escaped segment for a property, operation or message name. */
export function segment(name: string): string {
  const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1');
  if (escaped === ITEMS) return '~2]';
  if (escaped === VALUES) return '~3}';
  return escaped === '' ? '~2~3' : escaped;
}

/** The name an escaped segment stands for; structural segments come back as they are. */
export function segmentName(escaped: string): string {
  if (escaped === '~2~3') return '';
  return escaped.replaceAll('~3', '{').replaceAll('~2', '[').replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Parses an id; undefined where the text is not one. */
export function parseId(text: string): Id | undefined {
  const hash = text.indexOf('#');
  const head = HEAD.exec(hash < 0 ? text : text.slice(0, hash));
  if (!head) return undefined;
  const [, kind, name, version] = head;
  if (!KINDS.includes(kind as Kind)) return undefined;
  const path = hash < 0 ? [] : text.slice(hash + 1).split('/');
  if (!path.every(part => SEGMENT.test(part))) return undefined;
  return { kind: kind as Kind, name: name!, ...(version === undefined ? {} : { version }), path };
}

export function formatId(id: Id): string {
  const version = id.version === undefined ? '' : `@${id.version}`;
  const path = id.path.length === 0 ? '' : `#${id.path.join('/')}`;
  return `${id.kind}:${id.name}${version}${path}`;
}

/** `api:suppliers@1` + `createSupplier`, `request` → `api:suppliers@1#createSupplier/request`. Segments must be escaped. */
export function extend(id: string, ...segments: readonly string[]): string {
  if (segments.length === 0) return id;
  return `${id}${id.includes('#') ? '/' : '#'}${segments.join('/')}`;
}

/** The contract (or entry) an id lies in: everything before `#`. */
export function contractOf(id: string): string {
  const hash = id.indexOf('#');
  return hash < 0 ? id : id.slice(0, hash);
}

/** Whether `id` names `ancestor` itself or something inside it. */
export function isWithin(id: string, ancestor: string): boolean {
  if (id === ancestor) return true;
  return id.startsWith(`${ancestor}${ancestor.includes('#') ? '/' : '#'}`);
}

/** The major version of `1.4.0`, `1` or `2.0.0-rc.1`: what an id of a contract carries. */
export function majorOf(version: string): string {
  return /^v?(\d+)/.exec(version)?.[1] ?? version;
}
