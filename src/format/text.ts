import { contractOf, type Finding, groupBy, type Severity } from '../model/index.ts';
import { align, cut, fold, pad } from './columns.ts';
import type { Format, FormatOptions } from './format.ts';
import { frame, linesOf } from './frame.ts';
import type { FindingsReport } from './report.ts';
import { type Style, styleFor } from './style.ts';
import {
  affectedBy,
  byRule,
  counted,
  countedIn,
  explain,
  MISSING_EVIDENCE,
  placeOf,
  plural,
  summaryOf,
  VERDICT_MARK,
  WORD,
} from './tally.ts';
import { plain } from './untrusted.ts';

const MARK: Readonly<Record<Severity, string>> = { error: '✖', warn: '▲', info: '●' };
const LABEL = 'affects'.length + 2;

/** For people at a terminal or in a build log: findings by contract, what was looked at, what is set aside, the verdict. */
export const text: Format<'text'> = {
  name: 'text',
  mediaType: 'text/plain',
  render(report, options) {
    const style = styleFor(options.color);
    const sections = [
      ...contractSections(report, options, style),
      ruleTable(report, style),
      looked(report, style),
      waived(report, style),
      tolerated(report, options, style),
    ];
    return `${[...sections.filter(lines => lines.length > 0), verdict(report, style)].map(join).join('\n\n')}\n`;
  },
};

/** More of one rule than this, in one contract and in the whole run, are named by their places only. */
const IN_FULL = { contract: 3, run: 10 };
/** So many places are named. */
const PLACES = 6;

function contractSections(report: FindingsReport, options: FormatOptions, style: Style): string[][] {
  const sources = new Map<string, readonly string[]>();
  const linesIn = (file: string): readonly string[] => {
    const known = sources.get(file);
    if (known) return known;
    const source = report.textOf(file);
    const lines = source === undefined ? [] : linesOf(source);
    sources.set(file, lines);
    return lines;
  };
  const shown = new Map<string, number>();
  return [...groupBy(report.findings, ({ subject }) => contractOf(subject))].map(([contract, findings]) => {
    const parts = [...groupBy(findings, ({ severity, rule }) => `${severity} ${rule}`).values()].flatMap(group => {
      const before = shown.get(group[0]!.rule) ?? 0;
      const most = options.all ? group.length : Math.max(0, Math.min(IN_FULL.contract, IN_FULL.run - before));
      // "and 1 more" would take as much room as the one.
      const full = group.length <= most + 1 && most > 0 ? group : group.slice(0, most);
      shown.set(group[0]!.rule, before + full.length);
      const blocks = full.map((finding, at) => {
        // Once per rule: a hundred findings of one rule need one explanation.
        const isFirst = before === 0 && at === 0;
        return block(finding, report, linesIn(finding.location.file), isFirst, options.width ?? 100, style);
      });
      const rest = group.slice(full.length);
      return rest.length === 0 ? blocks : [...blocks, restOf(rest, full.length > 0, options.width ?? 100, style)];
    });
    const heading = `${style.bold(style.underline(plain(contract)))}  ${style.dim(countedIn(findings))}`;
    return [heading, ...parts.flatMap(lines => ['', ...lines])];
  });
}

/** Findings of one rule in one contract, by their places. */
function restOf(findings: readonly Finding[], isMore: boolean, width: number, style: Style): string[] {
  const { severity, rule } = findings[0]!;
  const places = [...groupBy(findings, ({ location }) => location.file)].map(([file, group]) => {
    const lines = [...new Set(group.map(({ location }) => location.line))];
    const named = lines.slice(0, PLACES).join(', ');
    const more = lines.length > PLACES ? ` and ${lines.length - PLACES} more` : '';
    return `${plain(file)}, line${lines.length === 1 ? '' : 's'} ${named}${more}`;
  });
  const listed = places.slice(0, PLACES);
  const unlisted = places.length - listed.length;
  const color = colorOf(severity, style);
  const count = isMore ? `${findings.length} more` : plural(findings.length, 'finding');
  return [
    `  ${color(`${MARK[severity]} ${WORD[severity]}`)}  ${style.bold(plain(rule))}  ${count}`,
    ...listed.flatMap(place => fold(place, width - 4)).map(line => indent(style.dim(line))),
    ...(unlisted > 0 ? [indent(style.dim(`and ${unlisted} more files`))] : []),
  ];
}

function block(
  finding: Finding,
  report: FindingsReport,
  source: readonly string[],
  isFirst: boolean,
  width: number,
  style: Style,
): string[] {
  const color = colorOf(finding.severity, style);
  const room = width - 4;
  const code = frame(source, finding.location, { width: room, mark: color, dim: style.dim });
  const witness = finding.evidence?.witness;
  const rule = report.rules.get(finding.rule);
  const labelled: [string, string][] = [
    ['affects', affectedBy(finding)],
    ['witness', witness === undefined ? '' : cut(plain(JSON.stringify(witness)), room - LABEL)],
    ...related(finding),
    ['why', isFirst ? plain(rule?.why ?? '') : ''],
    ['fix', isFirst ? plain(rule?.fix ?? '') : ''],
    ['more', isFirst ? explain(finding.rule) : ''],
  ];
  const entries = labelled.flatMap(([label, value]) => (value === '' ? [] : entry(label, value, room, style)));
  return [
    `  ${color(`${MARK[finding.severity]} ${WORD[finding.severity]}`)}  ${style.bold(plain(finding.rule))}`,
    ...fold(plain(finding.message), room).map(indent),
    indent(style.dim(plain(finding.subject))),
    indent(style.dim(`${placeOf(finding.location)}  fingerprint ${finding.fingerprint}`)),
    ...(code.length > 0 ? ['', ...code.map(indent), ...(entries.length > 0 ? [''] : [])] : []),
    ...entries,
  ];
}

/** Where there are many findings: which rules they come from. */
function ruleTable(report: FindingsReport, style: Style): string[] {
  if (report.findings.length <= IN_FULL.run) return [];
  const rows = byRule(report.findings).map(each => [
    WORD[each.severity],
    plain(each.rule),
    String(each.findings),
    `in ${plural(each.contracts, 'contract')}`,
  ]);
  return [style.bold('By rule'), ...align(rows, [2]).map(line => `  ${line}`)];
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

function tolerated({ baseline }: FindingsReport, { all }: FormatOptions, style: Style): string[] {
  if (!baseline || baseline.tolerated.length === 0) return [];
  const rows = all
    ? baseline.tolerated.map(({ rule, subject, location }) => [plain(rule), plain(subject), placeOf(location)])
    : byRule(baseline.tolerated).map(({ rule, findings, contracts }) => [
        plain(rule),
        String(findings),
        `in ${plural(contracts, 'contract')}`,
      ]);
  const heading = style.bold(`Tolerated by ${plain(baseline.file)}`);
  return [heading, ...align(rows, all ? [] : [1]).map(line => style.dim(`  ${line}`))];
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
