/** Text from contracts as GitHub Flavored Markdown that marks up, links and mentions nothing. */

/**
 * Entities rather than backslashes, because those are never markup (CommonMark §6.2), not even in tables. Mentions,
 * references and bare links are made from the finished text, so a zero-width space breaks them up.
 */
export function prose(text: string): string {
  return text
    .replace(
      /(?<![A-Za-z0-9])@|@(?!\d+(?:\.\d+)*(?![\w.-]))|[#!%~](?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi,
      '$&\u200b',
    )
    .replace(/[&<>"\\`*_[\]|~${}\u200b]/g, character => `&#${character.charCodeAt(0)};`);
}

/** A code span where the text can be nothing else than an id, a path or a rule; escaped text otherwise. */
export function ident(text: string): string {
  return /^[A-Za-z0-9:@#/._+-]+$/.test(text) ? `\`${text}\`` : prose(text);
}

/** Items must be escaped already. Text cannot start a heading, a rule or a list inside its item. */
export function list(items: readonly string[]): string {
  return items
    .map(item => item.replace(/^[#+=\d-]/, character => `&#${character.charCodeAt(0)};`))
    .map(item => `- ${item}`)
    .join('\n');
}

/** Cells must be escaped already. */
export function table(
  head: readonly (string | { readonly number: string })[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const names = head.map(column => (typeof column === 'string' ? column : column.number));
  const rules = head.map(column => (typeof column === 'string' ? '---' : '--:'));
  return [line(names), line(rules), ...rows.map(line)].join('\n');
}
