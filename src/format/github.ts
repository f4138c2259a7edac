import type { Finding, Severity } from '../model/index.ts';
import type { Format } from './format.ts';
import type { FindingsReport } from './report.ts';
import { affectedBy, explain, MISSING_EVIDENCE, pathOf, verdictLine } from './tally.ts';
import { plain } from './untrusted.ts';

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'notice' };

/**
 * Workflow commands of GitHub Actions, which turn into annotations on the changed lines, and a line of summary for the
 * log. https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const github: Format<'github'> = {
  name: 'github',
  mediaType: 'text/plain',
  render(report) {
    const title = plain(report.title);
    const lines = report.findings.map(finding => annotation(finding, report));
    // Nothing else in the pull request would show that a run without findings did not pass.
    if (report.verdict === 'inconclusive') lines.push(command('error', { title }, `inconclusive: ${MISSING_EVIDENCE}`));
    return `${[...lines, `${title}: ${verdictLine(report)}`].join('\n')}\n`;
  },
};

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
