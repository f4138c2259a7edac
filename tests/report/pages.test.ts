import { fileURLToPath } from 'node:url';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../src/compat/index.ts';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import type { Estate } from '../../src/model/index.ts';
import { estateMarkdown, estatePage, estateView } from '../../src/report/index.ts';
import { list, prose } from '../../src/report/markdown-text.ts';
import { anchorOf, safeAddress } from '../../src/report/parts.tsx';
import { STYLE } from '../../src/report/style.css.ts';
import { api, estateOf } from '../estates.ts';
import { factsOf, TODAY } from './facts.ts';
import { EVIL, hostile, SCRIPT } from './hostile.ts';

const SECTIONS = [
  'What this change breaks',
  'Who depends on what',
  'Contracts',
  'On the way out',
  'Systems',
  'Consumers',
  'Mappings',
  'Workflows',
  'Findings',
  'Waivers in force',
  'What this page does not know',
];

interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Every element of a document, in order. */
function tagsOf(html: string): Tag[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    preserveOrder: true,
    allowBooleanAttributes: true,
    processEntities: { enabled: true, maxTotalExpansions: 1e6, maxExpandedLength: 1e8 },
  });
  const tags: Tag[] = [];
  const visit = (nodes: readonly Record<string, unknown>[]): void => {
    for (const { ':@': attributes = {}, ...node } of nodes) {
      for (const [name, children] of Object.entries(node)) {
        if (!Array.isArray(children)) continue;
        tags.push({ name, attributes: attributes as Tag['attributes'] });
        visit(children);
      }
    }
  };
  visit(parser.parse(html.replace('<!doctype html>', '')));
  return tags;
}

let shipped: Estate;
beforeAll(async () => {
  shipped = load(await snapshotOfDirectory(fileURLToPath(new URL('../../contracts', import.meta.url)), 'contracts'));
});
const estates: readonly (readonly [string, () => Estate])[] = [
  ['the shipped estate', () => shipped],
  ['a hostile estate', hostile],
  ['an empty estate', () => estateOf({})],
];

describe.each(estates)('%s', (_, estate) => {
  it('gives the same bytes for the same facts', () => {
    for (const write of [estatePage, estateMarkdown]) {
      expect(write(estateView(factsOf(estate())))).toBe(write(estateView(factsOf(estate()))));
    }
  });

  it('is well-formed HTML with one h1, captions and scopes', () => {
    const html = estatePage(estateView(factsOf(estate())));
    expect(XMLValidator.validate(html.replace('<!doctype html>', ''), { allowBooleanAttributes: true })).toBe(true);
    const tags = tagsOf(html);
    const count = (name: string) => tags.filter(tag => tag.name === name).length;
    expect(count('h1')).toBe(1);
    expect(count('caption')).toBe(count('table'));
    for (const { name, attributes } of tags) {
      if (name === 'th') expect(attributes['scope']).toMatch(/^(col|row)$/);
    }
  });

  it('has unique ids, and links that lead somewhere', () => {
    const tags = tagsOf(estatePage(estateView(factsOf(estate()))));
    const ids = tags.flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, attributes } of tags) {
      const target = name === 'a' ? attributes['href'] : undefined;
      if (target?.startsWith('#')) expect(ids).toContain(target.slice(1));
    }
  });

  it('needs nothing but itself', () => {
    const tags = tagsOf(estatePage(estateView(factsOf(estate()))));
    for (const { name, attributes } of tags) {
      expect(['script', 'img', 'iframe', 'object', 'embed', 'form', 'base']).not.toContain(name);
      for (const [attribute, value] of Object.entries(attributes)) {
        expect(attribute).not.toMatch(/^on|^style$|^src/);
        if (attribute === 'href') expect(value).toMatch(/^(#|https?:\/\/|data:,$)/);
      }
    }
    expect(STYLE).not.toMatch(/[<&"]|url\(|@import/);
  });

  it('has every section in both formats', async () => {
    const view = estateView(
      factsOf(estate(), {
        comparison: await compare(estateOf({ 'api.yaml': api({}) }), estate(), { today: TODAY, noticeDays: 180 }),
      }),
    );
    const [html, markdown] = [estatePage(view), estateMarkdown(view)];
    for (const section of SECTIONS) {
      expect(html).toContain(`>${section}</h2>`);
      expect(markdown).toContain(`\n## ${section}\n`);
    }
  });
});

describe('hostile text', () => {
  it('stays text in HTML', () => {
    const html = estatePage(estateView(factsOf(hostile())));
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('\u202e');
    expect(html).toContain('&lt;script>alert(1)&lt;/script>');
  });

  it('shows the same words that it was given', () => {
    const shown = estateView(factsOf(hostile())).contracts.find(({ id }) => id === 'api:evil@1')?.name;
    expect(shown).toBe(EVIL.replace('\u202e', ''));
  });

  it('stays text in Markdown', () => {
    const markdown = estateMarkdown(estateView(factsOf(hostile())));
    expect(markdown).not.toContain(SCRIPT);
    expect(markdown).not.toMatch(/<(?!br>)/);
    expect(markdown).not.toMatch(/\]\(|!\[/);
    expect(markdown).not.toMatch(/@here/);
    expect(markdown).not.toContain('\u202e');
    // No text opens a fence or a heading of its own, and every row has as many cells as its head.
    expect(markdown).not.toMatch(/```/);
    for (const heading of markdown.match(/^# .*/gm) ?? []) expect(heading).toBe('# Integration estate');
    for (const table of markdown.split('\n\n').filter(block => block.startsWith('| '))) {
      const widths = table.split('\n').map(row => row.split('|').length);
      expect(new Set(widths).size, table).toBe(1);
    }
  });

  it.each(['# a', '1. a', '- a', '+ a', '---', '=== a'])('starts no block in a list: %s', text => {
    expect(list([prose(text)])).toMatch(/^- &#\d+;/);
  });

  it.each(['javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x', 'vbscript:x', ' https://x', 'https://'])(
    'is no address: %s',
    text => expect(safeAddress(text)).toBeUndefined(),
  );

  it('gives different ids different anchors that need no escaping', () => {
    const ids = ['api:a/b@1', 'api:a-b@1', 'api:a_b@1', 'api:a_2fb@1', '"><b>', "'", ' ', '%22'];
    const anchors = ids.map(anchorOf);
    expect(new Set(anchors).size).toBe(ids.length);
    for (const anchor of anchors) expect(anchor).toMatch(/^[A-Za-z0-9._-]+$/);
  });
});
