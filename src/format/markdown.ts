import type { Finding, Severity } from '../model/index.ts';
import { cut } from './columns.ts';
import type { Format } from './format.ts';
import { frame, linesOf } from './frame.ts';
import type { FindingsReport, Verdict } from './report.ts';
import { affectedBy, counted, explain, groupBy, MISSING_EVIDENCE, plural, summaryOf, WORD } from './tally.ts';
import { plain } from './untrusted.ts';

const VERDICT: Readonly<Record<Verdict, string>> = { pass: '✅', fail: '❌', inconclusive: '❔' };
const MARK: Readonly<Record<Severity, string>> = { error: '🔴', warn: '🟡', info: '🔵' };

/** More findings than this, and each file's are folded away. */
const UNFOLDED = 20;
/** GitHub refuses comments of more than 65,536 characters. What is left over pays for headings. */
const BUDGET = { findings: 40_000, looked: 6_000, waived: 14_000 };

/**
 * GitHub Flavored Markdown for a comment on a pull request; GitLab and Azure DevOps read it too. Text from contracts
 * can neither start a line (where block markup and GitLab's quick actions live) nor mark up, link or mention anything.
 */
export const markdown: Format<'markdown'> = {
  name: 'markdown',
  mediaType: 'text/markdown',
  render(report) {
    const sections = [header(report), counts(report), findings(report), looked(report), waived(report)];
    return `${sections.filter(section => section !== '').join('\n\n')}\n`;
  },
};

function header(report: FindingsReport): string {
  const reason = report.verdict === 'inconclusive' ? `\n\nNothing is decided: ${MISSING_EVIDENCE}.` : '';
  return `## ${VERDICT[report.verdict]} ${prose(report.title, 200)}: ${report.verdict}${reason}`;
}

function counts(report: FindingsReport): string {
  const { error, warn, info, waived: waivedCount } = summaryOf(report);
  return table(
    [`${MARK.error} errors`, `${MARK.warn} warnings`, `${MARK.info} info`, '⚪ waived'],
    [[error, warn, info, waivedCount].map(String)],
    ['--:', '--:', '--:', '--:'],
  );
}

function findings(report: FindingsReport): string {
  const files = groupBy(report.findings, ({ location }) => location.file);
  const folded = report.findings.length > UNFOLDED;
  const wrap = folded ? details : section;
  const parts: string[] = [];
  let used = 0;
  let shown = 0;
  for (const [file, group] of files) {
    const source = folded ? undefined : report.textOf(file);
    const lines = source === undefined ? [] : linesOf(source);
    const blocks = group.map(finding => (folded ? item(finding) : block(finding, report, lines)));
    const kept = within(blocks, BUDGET.findings - used - wrap(file, group, '').length);
    if (kept.length === 0) break;
    const part = wrap(file, group, kept.join(folded ? '\n' : '\n\n'));
    parts.push(part);
    used += part.length;
    shown += kept.length;
    if (kept.length < blocks.length) break;
  }
  const missing = report.findings.length - shown;
  if (missing > 0) parts.push(`… and ${missing} more, which do not fit into a comment.`);
  if (folded) parts.push('`countersign explain RULE` says why a rule exists and how to fix what it finds.');
  return parts.join('\n\n');
}

function section(file: string, _group: readonly Finding[], body: string): string {
  return `### ${code(file)}\n\n${body}`;
}

function details(file: string, group: readonly Finding[], body: string): string {
  const count = (severity: Severity) => group.filter(finding => finding.severity === severity).length;
  const summary = counted({ error: count('error'), warn: count('warn'), info: count('info'), waived: 0 });
  // Blank lines round the body, or it would be read as HTML (CommonMark §4.6).
  return `<details><summary><code>${html(cut(plain(file), 300))}</code> – ${summary}</summary>\n\n${body}\n\n</details>`;
}

function block(finding: Finding, report: FindingsReport, source: readonly string[]): string {
  const rows = frame(source, finding.location, { width: 100, mark: text => text, dim: text => text });
  const affected = affectedBy(finding);
  const fix = report.rules.get(finding.rule)?.fix;
  const list = [
    `- **Where** ${place(finding)}`,
    `- **What** ${code(finding.subject)}`,
    ...(affected === '' ? [] : [`- **Affects** ${prose(affected)}`]),
    ...(fix === undefined ? [] : [`- **Fix** ${prose(fix)}`]),
    `- **More** ${code(explain(finding.rule))}`,
  ];
  const blocks = [`${lead(finding)}`, ...(rows.length > 0 ? [fenced(rows)] : []), list.join('\n')];
  return blocks.join('\n\n');
}

function item(finding: Finding): string {
  const affected = affectedBy(finding, 2);
  return `- ${lead(finding)} – ${place(finding)}${affected === '' ? '' : `, affects ${prose(affected)}`}`;
}

function lead(finding: Finding): string {
  return `${MARK[finding.severity]} **${WORD[finding.severity]}** ${code(finding.rule)} ${prose(finding.message)}`;
}

function place({ location }: Finding): string {
  return `line ${location.line}, column ${location.column}`;
}

function looked(report: FindingsReport): string {
  const rows = report.looked.map(({ label, value, detail }) => [cell(label), String(value), cell(detail ?? '')]);
  return rows.length === 0 ? '' : table(['Looked at', '', ''], within(rows, BUDGET.looked), ['---', '--:', '---']);
}

function waived(report: FindingsReport): string {
  const rows = report.waived.map(({ finding, waiver }) => [
    cell(waiver.id),
    cell(waiver.expires),
    cell(finding.rule),
    cell(finding.subject),
    cell(waiver.reason),
    cell(waiver.approver),
  ]);
  if (rows.length === 0) return '';
  const shown = within(rows, BUDGET.waived);
  const body = table(['Waiver', 'Expires', 'Rule', 'Subject', 'Reason', 'Approved by'], shown);
  const more = rows.length > shown.length ? `\n\n… and ${rows.length - shown.length} more` : '';
  return `<details><summary>${plural(rows.length, 'waived finding')}</summary>\n\n${body}${more}\n\n</details>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[], rules = head.map(() => '---')): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(rules), ...rows.map(line)].join('\n');
}

/** As many blocks, or rows of cells, from the front as take at most `budget` characters. */
function within<T extends string | readonly string[]>(blocks: readonly T[], budget: number): T[] {
  let used = 0;
  const over = blocks.findIndex(each => {
    used += (typeof each === 'string' ? each : each.join(' | ')).length + 4;
    return used > budget;
  });
  return over < 0 ? [...blocks] : blocks.slice(0, over);
}

/** A fenced block whose fence is longer than any run of backticks in it (CommonMark §4.5). */
function fenced(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1));
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** A code span (CommonMark §6.1): nothing inside is markup, link or mention. Not for tables, where pipes still count. */
function code(text: string): string {
  const content = cut(plain(text), 300);
  const ticks = '`'.repeat(longestRun(content) + 1);
  const space = content === '' || content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${content}${space}${ticks}`;
}

function cell(text: string): string {
  return prose(text, 160);
}

/**
 * Text as text. Entities rather than backslashes, because those are never markup (CommonMark §6.2), not even in tables.
 * Mentions, references and bare links are made from the finished text, so a zero-width space breaks them up.
 */
function prose(text: string, longest = 600): string {
  return cut(plain(text), longest)
    .replace(
      /(?<![A-Za-z0-9])@|@(?!\d+(?:\.\d+)*(?![\w.-]))|[#!%~](?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi,
      '$&\u200b',
    )
    .replace(/[&<>"\\`*_[\]|~${}\u200b]/g, character => `&#${character.charCodeAt(0)};`);
}

function html(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
}
