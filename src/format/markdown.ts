import { contractOf, type Finding, groupBy, type Severity } from '../model/index.ts';
import { cut } from './columns.ts';
import type { Format } from './format.ts';
import { frame, linesOf } from './frame.ts';
import { cell, code, fenced, html, prose } from './markdown-text.ts';
import type { FindingsReport, Verdict } from './report.ts';
import { affectedBy, byRule, countedIn, explain, MISSING_EVIDENCE, placeOf, plural, summaryOf, WORD } from './tally.ts';
import { plain } from './untrusted.ts';

const VERDICT: Readonly<Record<Verdict, string>> = { pass: '✅', fail: '❌', inconclusive: '❔' };
const MARK: Readonly<Record<Severity, string>> = { error: '🔴', warn: '🟡', info: '🔵' };

/** More findings than this, and those of each contract are folded away. */
const UNFOLDED = 20;
/** GitHub refuses comments of more than 65,536 characters. What is left over pays for headings. */
const BUDGET = { findings: 36_000, rules: 5_000, looked: 4_000, waived: 12_000, tolerated: 4_000 };

/**
 * GitHub Flavored Markdown for a comment on a pull request; GitLab and Azure DevOps read it too. Text from contracts
 * can neither start a line (where block markup and GitLab's quick actions live) nor mark up, link or mention anything.
 */
export const markdown: Format<'markdown'> = {
  name: 'markdown',
  mediaType: 'text/markdown',
  render(report) {
    const sections = [
      header(report),
      counts(report),
      rules(report),
      findings(report),
      looked(report),
      waived(report),
      tolerated(report),
    ];
    return `${sections.filter(section => section !== '').join('\n\n')}\n`;
  },
};

function header(report: FindingsReport): string {
  const reason = report.verdict === 'inconclusive' ? `\n\nNothing is decided: ${MISSING_EVIDENCE}.` : '';
  return `## ${VERDICT[report.verdict]} ${prose(report.title, 200)}: ${report.verdict}${reason}`;
}

function counts(report: FindingsReport): string {
  const { error, warn, info, waived: waivedCount, tolerated: toleratedCount } = summaryOf(report);
  const columns: [string, number][] = [
    [`${MARK.error} errors`, error],
    [`${MARK.warn} warnings`, warn],
    [`${MARK.info} info`, info],
    ['⚪ waived', waivedCount],
    ...(report.baseline ? [['⚪ tolerated', toleratedCount] as [string, number]] : []),
  ];
  return table(
    columns.map(([head]) => head),
    [columns.map(([, count]) => String(count))],
    columns.map(() => '--:'),
  );
}

/** Where there are many findings: which rules they come from. */
function rules(report: FindingsReport): string {
  if (report.findings.length <= UNFOLDED) return '';
  return ruleTable(report.findings, BUDGET.rules);
}

function ruleTable(all: readonly Finding[], budget: number): string {
  const rows = byRule(all).map(({ rule, severity, findings: count, contracts }) => [
    `${MARK[severity]} ${cell(rule)}`,
    String(count),
    String(contracts),
  ]);
  const shown = within(rows, budget);
  const more = rows.length > shown.length ? `\n\n… and ${rows.length - shown.length} more rules` : '';
  return `${table(['Rule', 'Findings', 'Contracts'], shown, ['---', '--:', '--:'])}${more}`;
}

function findings(report: FindingsReport): string {
  const contracts = groupBy(report.findings, ({ subject }) => contractOf(subject));
  const folded = report.findings.length > UNFOLDED;
  const wrap = folded ? details : section;
  const parts: string[] = [];
  let used = 0;
  let shown = 0;
  for (const [contract, group] of contracts) {
    const blocks = group.map(finding => (folded ? item(finding) : block(finding, report)));
    const kept = within(blocks, BUDGET.findings - used - wrap(contract, group, '').length);
    if (kept.length === 0) break;
    const part = wrap(contract, group, kept.join(folded ? '\n' : '\n\n'));
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

function section(contract: string, group: readonly Finding[], body: string): string {
  return `### ${code(contract)} – ${countedIn(group)}\n\n${body}`;
}

function details(contract: string, group: readonly Finding[], body: string): string {
  const title = `<code>${html(cut(plain(contract), 300))}</code> – ${countedIn(group)}`;
  // Blank lines round the body, or it would be read as HTML (CommonMark §4.6).
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function block(finding: Finding, report: FindingsReport): string {
  const source = report.textOf(finding.location.file);
  const lines = source === undefined ? [] : linesOf(source);
  const rows = frame(lines, finding.location, { width: 100, mark: text => text, dim: text => text });
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
  return code(placeOf(location));
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

function tolerated({ baseline }: FindingsReport): string {
  if (!baseline || baseline.tolerated.length === 0) return '';
  const title = `${plural(baseline.tolerated.length, 'finding')} tolerated by the baseline`;
  return `<details><summary>${title}</summary>\n\n${code(baseline.file)}\n\n${ruleTable(baseline.tolerated, BUDGET.tolerated)}\n\n</details>`;
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
