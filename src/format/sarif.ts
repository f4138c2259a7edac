import type { Finding, Location, Rule, Severity } from '../model/index.ts';
import type { Format } from './format.ts';
import { code, prose } from './markdown-text.ts';
import type { FindingsReport, WaivedFinding } from './report.ts';
import { affectedBy, explain, MISSING_EVIDENCE, pathOf } from './tally.ts';
import { plain, safeJson } from './untrusted.ts';

const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'note' };
/** The name that GitHub's own analyses use for it. */
const BASE = '%SRCROOT%';

/**
 * SARIF 2.1.0 (OASIS), for code scanning and for editors. Waived and tolerated findings are results with a suppression
 * (§3.35), and our fingerprint is a partial one (§3.27.17), so that a result is known again when its file has changed.
 */
export const sarif: Format<'sarif'> = {
  name: 'sarif',
  mediaType: 'application/sarif+json',
  render(report) {
    const tolerated = report.baseline?.tolerated ?? [];
    const all = [...report.findings, ...report.waived.map(({ finding }) => finding), ...tolerated];
    const ids = [...new Set(all.map(({ rule }) => rule))];
    // All results of a run have a state, or none has (§3.27.24).
    const state = (baselineState: 'new' | 'unchanged') => (report.baseline ? { baselineState } : {});
    const index = new Map(ids.map((id, at) => [id, at]));
    return safeJson({
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'countersign',
              version: report.toolVersion,
              rules: ids.map(id => descriptor(id, report.rules.get(id))),
            },
          },
          invocations: [invocation(report)],
          // No uri: where the run stood is nobody's business, and whoever reads the file knows its checkout (§3.14.14).
          originalUriBaseIds: { [BASE]: { description: message('The directory in which the command ran.') } },
          columnKind: 'utf16CodeUnits',
          results: [
            ...report.findings.map(finding => ({ ...result(finding, index), ...state('new'), suppressions: [] })),
            ...report.waived.map(each => ({
              ...result(each.finding, index),
              ...state('new'),
              suppressions: [suppression(each)],
            })),
            ...tolerated.map(finding => ({
              ...result(finding, index),
              ...state('unchanged'),
              suppressions: [toleration(report.baseline!.file)],
            })),
          ],
          properties: { verdict: report.verdict, failOn: report.failOn, looked: report.looked },
        },
      ],
    });
  },
};

/** §3.49. A helpUri only where the ruleset or the configuration says that there is a page. */
function descriptor(id: string, rule: Rule | undefined) {
  if (!rule) return { id };
  return {
    id,
    shortDescription: message(rule.title),
    fullDescription: message(rule.why),
    help: {
      ...message(rule.why, `Fix: ${rule.fix}`, explain(id)),
      markdown: `**Why** ${prose(rule.why)}\n\n**Fix** ${prose(rule.fix)}\n\n${code(explain(id))}`,
    },
    ...(rule.documentation === undefined ? {} : { helpUri: rule.documentation }),
    defaultConfiguration: { level: LEVEL[rule.severity] },
    ...(rule.policies?.length ? { properties: { tags: [...new Set(rule.policies)] } } : {}),
  };
}

/** §3.20. An inconclusive run did not do what it was started for. */
function invocation(report: FindingsReport) {
  if (report.verdict !== 'inconclusive') return { commandLine: report.title, executionSuccessful: true };
  return {
    commandLine: report.title,
    executionSuccessful: false,
    toolExecutionNotifications: [{ level: 'error', message: message(`Inconclusive: ${MISSING_EVIDENCE}.`) }],
  };
}

/** §3.27. */
function result(finding: Finding, index: ReadonlyMap<string, number>) {
  const affected = affectedBy(finding);
  const { witness, related } = finding.evidence ?? {};
  return {
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule),
    level: LEVEL[finding.severity],
    message: message(finding.message, ...(affected === '' ? [] : [`Affects ${affected}`])),
    locations: [
      {
        physicalLocation: physical(finding.location),
        logicalLocations: [{ fullyQualifiedName: finding.subject }],
      },
    ],
    ...(related?.length
      ? {
          relatedLocations: related.map((each, id) => ({
            id,
            message: message(each.message),
            physicalLocation: physical(each.location),
          })),
        }
      : {}),
    partialFingerprints: { 'countersignFingerprint/v1': finding.fingerprint },
    properties: {
      subject: finding.subject,
      facts: finding.facts,
      ...(finding.location.pointer === undefined ? {} : { pointer: finding.location.pointer }),
      ...(witness === undefined ? {} : { witness }),
    },
  };
}

function suppression({ waiver }: WaivedFinding) {
  const { id, owner, approver, expires } = waiver;
  return {
    kind: 'external',
    status: 'accepted',
    justification: waiver.reason,
    properties: { id, owner, approver, expires },
  };
}

function toleration(file: string) {
  return { kind: 'external', status: 'accepted', justification: `The baseline ${plain(file)} tolerates it.` };
}

/** §3.29. Regions and our locations agree: from 1, the end exclusive. */
function physical(location: Location) {
  const { line, column, endLine, endColumn } = location;
  return {
    artifactLocation: { uri: uriOf(location), uriBaseId: BASE },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}

/** A relative path as a URI reference (RFC 3986 §4.2): each segment encoded, so a colon in it makes no scheme. */
function uriOf(location: Location): string {
  const path = pathOf(location).replace(/\p{Cs}/gu, '\ufffd');
  return path.split('/').map(encodeURIComponent).join('/');
}

/**
 * A plain text message (§3.11.3) of paragraphs. Braces are doubled, for they make placeholders (§3.11.5), and what would
 * read as an embedded link is escaped (§3.11.6): the text was written by others.
 */
function message(...paragraphs: readonly string[]) {
  const escaped = (text: string) => plain(text).replace(/[{}]/g, '$&$&').replaceAll('](', '\\](');
  return { text: paragraphs.map(escaped).join('\n\n') };
}
