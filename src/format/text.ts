import type { Finding, Severity } from '../model/index.ts';
import { align, cut, fold, pad } from './columns.ts';
import type { Format, FormatOptions } from './format.ts';
import { frame, linesOf } from './frame.ts';
import type { FindingsReport } from './report.ts';
import { type Style, styleFor } from './style.ts';
import {
  affectedBy,
  counted,
  explain,
  groupBy,
  MISSING_EVIDENCE,
  placeOf,
  summaryOf,
  VERDICT_MARK,
  WORD,
} from './tally.ts';
import { plain } from './untrusted.ts';

const MARK: Readonly<Record<Severity, string>> = { error: '✖', warn: '▲', info: '●' };
const LABEL = 'affects'.length + 2;

/** For people at a terminal or in a build log: findings by file, what was looked at, what is waived, the verdict. */
export const text: Format<'text'> = {
  name: 'text',
  mediaType: 'text/plain',
  render(report, options) {
    const style = styleFor(options.color);
    const sections = [...fileSections(report, options, style), looked(report, style), waived(report, style)];
    return `${[...sections.filter(lines => lines.length > 0), verdict(report, style)].map(join).join('\n\n')}\n`;
  },
};

function fileSections(report: FindingsReport, options: FormatOptions, style: Style): string[][] {
  const explained = new Set<string>();
  return [...groupBy(report.findings, ({ location }) => location.file)].map(([file, findings]) => {
    const source = report.textOf(file);
    const lines = source === undefined ? [] : linesOf(source);
    const blocks = findings.map(finding => {
      // Once per rule: a hundred findings of one rule need one hint.
      const hint = explained.has(finding.rule) ? '' : explain(finding.rule);
      explained.add(finding.rule);
      return block(finding, report, lines, hint, options.width ?? 100, style);
    });
    return [style.underline(plain(file)), ...blocks.flatMap(lines => ['', ...lines])];
  });
}

function block(
  finding: Finding,
  report: FindingsReport,
  source: readonly string[],
  hint: string,
  width: number,
  style: Style,
): string[] {
  const color = colorOf(finding.severity, style);
  const room = width - 4;
  const code = frame(source, finding.location, { width: room, mark: color, dim: style.dim });
  const witness = finding.evidence?.witness;
  const labelled: [string, string][] = [
    ['affects', affectedBy(finding)],
    ['witness', witness === undefined ? '' : cut(plain(JSON.stringify(witness)), room - LABEL)],
    ...related(finding),
    ['fix', plain(report.rules.get(finding.rule)?.fix ?? '')],
    ['more', hint],
  ];
  const entries = labelled.flatMap(([label, value]) => (value === '' ? [] : entry(label, value, room, style)));
  return [
    `  ${color(`${MARK[finding.severity]} ${WORD[finding.severity]}`)}  ${style.bold(plain(finding.rule))}`,
    ...fold(plain(finding.message), room).map(indent),
    indent(style.dim(plain(finding.subject))),
    indent(style.dim(placeOf(finding.location))),
    ...(code.length > 0 ? ['', ...code.map(indent), ...(entries.length > 0 ? [''] : [])] : []),
    ...entries,
  ];
}

function related(finding: Finding): [string, string][] {
  const all = finding.evidence?.related ?? [];
  const shown = all.slice(0, 3).map(({ message, location }): [string, string] => {
    return ['see', `${placeOf(location)}  ${plain(message)}`];
  });
  return all.length > 3 ? [...shown, ['', `and ${all.length - 3} more places`]] : shown;
}

function entry(label: string, value: string, room: number, style: Style): string[] {
  return fold(value, room - LABEL).map((line, at) =>
    indent(`${at === 0 ? style.cyan(pad(label, LABEL)) : ' '.repeat(LABEL)}${line}`),
  );
}

function looked(report: FindingsReport, style: Style): string[] {
  const rows = report.looked.map(({ label, value, detail }) => [plain(label), String(value), plain(detail ?? '')]);
  return rows.length === 0 ? [] : [style.bold('Looked at'), ...align(rows, [1]).map(line => `  ${line}`)];
}

function waived(report: FindingsReport, style: Style): string[] {
  const rows = report.waived.map(({ finding, waiver }) => [
    plain(waiver.id),
    `until ${plain(waiver.expires)}`,
    plain(finding.rule),
    plain(finding.subject),
  ]);
  return rows.length === 0 ? [] : [style.bold('Waived'), ...align(rows).map(line => style.dim(`  ${line}`))];
}

function verdict(report: FindingsReport, style: Style): string[] {
  const color = { pass: style.green, fail: style.red, inconclusive: style.yellow }[report.verdict];
  const details = [report.verdict === 'inconclusive' ? MISSING_EVIDENCE : '', counted(summaryOf(report))];
  const mark = color(style.bold(`${VERDICT_MARK[report.verdict]} ${report.verdict}`));
  return [[mark, ...details.filter(part => part !== '')].join('  ')];
}

function colorOf(severity: Severity, style: Style): Style['red'] {
  return { error: style.red, warn: style.yellow, info: style.cyan }[severity];
}

function indent(line: string): string {
  return line === '' ? '' : `    ${line}`;
}

function join(lines: readonly string[]): string {
  return lines.join('\n').trimEnd();
}
