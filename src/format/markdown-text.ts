/** Text of others as GitHub Flavored Markdown that shows it and nothing else. */
import { cut } from './columns.ts';
import { plain } from './untrusted.ts';

/** A fenced block whose fence is longer than any run of backticks in it (CommonMark §4.5). */
export function fenced(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** A code span (CommonMark §6.1): nothing inside is markup, link or mention. Not for tables, where pipes still count. */
export function code(text: string): string {
  const content = cut(plain(text), 300);
  const ticks = '`'.repeat(longestRun(content) + 1);
  const space = content === '' || content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${content}${space}${ticks}`;
}

export function cell(text: string): string {
  return prose(text, 160);
}

/**
 * Text as text. Entities rather than backslashes, because those are never markup (CommonMark §6.2), not even in tables.
 * Mentions, references and bare links are made from the finished text, so a zero-width space breaks them up.
 */
export function prose(text: string, longest = 600): string {
  return cut(plain(text), longest)
    .replace(
      /(?<![A-Za-z0-9])@|@(?!\d+(?:\.\d+)*(?![\w.-]))|[#!%~](?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi,
      '$&\u200b',
    )
    .replace(/[&<>"\\`*_[\]|~${}\u200b]/g, character => `&#${character.charCodeAt(0)};`);
}

export function html(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
}
