/** Layouts for tests, loaded as an estate loads them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Contract, Entry, Layout } from '../../src/model/index.ts';
import { estateOf } from '../estates.ts';

export const LAYOUTS = ['fixed-width', 'csv', 'x12'] as const;
export type LayoutName = (typeof LAYOUTS)[number];
/** A layout of the estate. */
export type LayoutId = `file:${string}@${number}`;

const loaded = new Map<string, Entry<Layout>>();

/** One of layouts/, or one of the estate; it has no faults. */
export function layoutNamed(name: LayoutName | LayoutId): Entry<Layout> {
  const known = loaded.get(name);
  if (known) return known;
  const { layout } = layoutOf(readFileSync(fileURLToPath(new URL(pathOf(name), import.meta.url)), 'utf8'));
  loaded.set(name, layout);
  return layout;
}

function pathOf(name: LayoutName | LayoutId): string {
  const [, path, version] = /^file:(.+)@(\d+)$/.exec(name) ?? [];
  return path === undefined ? `./layouts/${name}.yaml` : `../../contracts/files/${path}/v${version}/layout.yaml`;
}

/** Throws where the text is no layout. */
export function layoutOf(text: string): { layout: Entry<Layout>; contract: Contract } {
  const { layouts, contracts, findings } = estateOf({ 'layout.yaml': text });
  const [layout] = layouts;
  if (!layout) throw new Error(findings.map(({ message }) => message).join('\n'));
  return { layout, contract: contracts[0]! };
}
