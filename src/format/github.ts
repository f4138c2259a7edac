import { type Finding, groupBy, SEVERITIES, type Severity } from '../model/index.ts';
import type { Format } from './format.ts';
import type { FindingsReport } from './report.ts';
import { affectedBy, explain, MISSING_EVIDENCE, pathOf, placeOf, plural, verdictLine, WORD } from './tally.ts';
import { plain } from './untrusted.ts';

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'notice' };

/**
 * GitHub shows no more annotations than this of one level and step, and does not say that it drops the others.
 * https://docs.github.com/actions/reference/limits (annotations)
 */
const MOST = 10;

/**
 * Workflow commands of GitHub Actions, which turn into annotations on the changed lines, and a line of summary for the
 * log. Where there are more than GitHub shows, the last annotation of the level says so, and the others are in the log.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const github: Format<'github'> = {
  name: 'github',
  mediaType: 'text/plain',
  render(report) {
    const title = plain(report.title);
    const isInconclusive = report.verdict === 'inconclusive';
    const levels = SEVERITIES.map(severity => {
      const findings = report.findings.filter(finding => finding.severity === severity);
      return annotate(findings, severity, isInconclusive && severity === 'error' ? MOST - 1 : MOST, report);
    });
    const lines = levels.flatMap(({ commands }) => commands);
    // Nothing else in the pull request would show that a run without findings did not pass.
    if (isInconclusive) lines.push(command('error', { title }, `inconclusive: ${MISSING_EVIDENCE}`));
    const rest = levels.flatMap(({ others }) => others).map(logLine);
    const remark =
      rest.length > 0 ? [`Beyond what GitHub shows as annotations, ${plural(rest.length, 'finding')}:`] : [];
    return `${[...lines, ...remark, ...rest, `${title}: ${verdictLine(report)}`].join('\n')}\n`;
  },
};

/** The findings of a level as annotations, and those for which there is no room. */
function annotate(
  findings: readonly Finding[],
  severity: Severity,
  most: number,
  report: FindingsReport,
): { commands: string[]; others: readonly Finding[] } {
  const fits = findings.length <= most;
  const ordered = fits ? findings : oneOfEachRuleFirst(findings);
  const shown = fits ? ordered : ordered.slice(0, most - 1);
  const others = ordered.slice(shown.length);
  const commands = shown.map(finding => annotation(finding, report));
  if (fits) return { commands, others };
  const message = `${others.length} more of this level are in the log of this step: GitHub shows no more annotations.`;
  return { commands: [...commands, command(COMMAND[severity], { title: plain(report.title) }, message)], others };
}

/** So that a hundred findings of one rule do not hide the one of another. */
function oneOfEachRuleFirst(findings: readonly Finding[]): Finding[] {
  const rounds = [...groupBy(findings, ({ rule }) => rule).values()].flatMap(group => [...group.entries()]);
  return rounds.sort(([a], [b]) => a - b).map(([, finding]) => finding);
}

/** A finding as a line of the log. */
function logLine(finding: Finding): string {
  return `${WORD[finding.severity]}  ${placeOf(finding.location)}  ${plain(finding.rule)}  ${plain(finding.message)}`;
}

function annotation(finding: Finding, report: FindingsReport): string {
  const affected = affectedBy(finding);
  const fix = report.rules.get(finding.rule)?.fix;
  const message = [
    plain(finding.message),
    plain(finding.subject),
    ...(affected === '' ? [] : [`Affects ${affected}`]),
    ...(fix === undefined ? [] : [`Fix: ${plain(fix)}`]),
    explain(finding.rule),
  ].join('\n');
  const properties = { file: plain(pathOf(finding.location)), ...region(finding), title: plain(finding.rule) };
  return command(COMMAND[finding.severity], properties, message);
}

/** GitHub counts the end in, and takes columns only where a single line is meant. */
function region({ location }: Finding): Record<string, number> {
  const { line, column } = location;
  const before = location.endColumn === 1 && location.endLine > line;
  const endLine = Math.max(line, before ? location.endLine - 1 : location.endLine);
  if (endLine !== line || before) return { line, endLine };
  return { line, col: column, endLine, endColumn: Math.max(column, location.endColumn - 1) };
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${pairs.join(',')}::${escapeData(message)}`;
}

/** As `@actions/core` does it: the percent sign first, or it would be escaped twice. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
