import { atLeast, contractOf, type Finding, groupBy } from '../model/index.ts';
import type { Format } from './format.ts';
import type { FindingsReport, WaivedFinding } from './report.ts';
import { affectedBy, distinct, explain, placeOf, verdictLine, WORD } from './tally.ts';
import { plain } from './untrusted.ts';

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly outcome: 'pass' | 'failure' | 'error' | 'skipped';
  readonly attributes?: string;
  readonly body: string;
}

/**
 * JUnit XML as Jenkins, GitLab, Azure Pipelines and GitHub's reporters read it: one suite for each contract, one for
 * the run itself. Findings that fail the run are failures; lesser ones pass and speak in system-out; waived and
 * tolerated ones are skipped tests.
 */
export const junit: Format<'junit'> = {
  name: 'junit',
  mediaType: 'application/xml',
  render(report) {
    const title = plain(report.title);
    const cases = [
      ...runCases(report, title),
      ...report.findings.map(finding => findingCase(finding, report)),
      ...report.waived.map(waivedCase),
      ...(report.baseline?.tolerated ?? []).map(finding => toleratedCase(finding, report.baseline!.file)),
    ];
    const suites = [...groupBy(cases, ({ suite }) => suite)].map(([name, group]) => suiteXml(name, group));
    const opening = `<testsuites name="${xml(title)}" ${tallies(cases)}>`;
    return `${['<?xml version="1.0" encoding="UTF-8"?>', opening, ...suites, '</testsuites>'].join('\n')}\n`;
  },
};

/** A passing test for everything looked at, and one for a verdict that no failing finding speaks for. */
function runCases(report: FindingsReport, suite: string): Case[] {
  const cases = report.looked.map(({ label, value, detail }): Case => {
    const body = detail === undefined ? String(value) : `${value}: ${plain(detail)}`;
    return { suite, name: `looked at ${plain(label)}`, outcome: 'pass', body: systemOut(body) };
  });
  const spoken = report.findings.some(({ severity }) => atLeast(severity, report.failOn));
  if (report.verdict === 'fail' && spoken) return cases;
  const line = verdictLine(report);
  const verdict: Case =
    report.verdict === 'pass'
      ? { suite, name: 'verdict', outcome: 'pass', body: systemOut(line) }
      : report.verdict === 'fail'
        ? { suite, name: 'verdict', outcome: 'failure', body: `<failure type="fail" message="${xml(line)}"/>` }
        : { suite, name: 'verdict', outcome: 'error', body: `<error type="inconclusive" message="${xml(line)}"/>` };
  return [...cases, verdict];
}

function findingCase(finding: Finding, report: FindingsReport): Case {
  const failing = atLeast(finding.severity, report.failOn);
  const details = detailsOf(finding, report);
  return {
    ...about(finding),
    outcome: failing ? 'failure' : 'pass',
    body: failing
      ? `<failure type="${xml(plain(finding.rule))}" message="${xml(plain(finding.message))}">${xml(details)}</failure>`
      : systemOut(details),
  };
}

function waivedCase({ finding, waiver }: WaivedFinding): Case {
  const message = `waived until ${waiver.expires} by ${waiver.id}: ${waiver.reason}`;
  return { ...about(finding), outcome: 'skipped', body: `<skipped message="${xml(plain(message))}"/>` };
}

function toleratedCase(finding: Finding, file: string): Case {
  const message = `tolerated by the baseline ${file}: ${finding.message}`;
  return { ...about(finding), outcome: 'skipped', body: `<skipped message="${xml(plain(message))}"/>` };
}

function about(finding: Finding): Pick<Case, 'suite' | 'name' | 'attributes'> {
  const { file, line } = finding.location;
  return {
    suite: plain(contractOf(finding.subject)),
    name: `${plain(finding.rule)} ${plain(finding.subject)}`,
    attributes: ` file="${xml(plain(file))}" line="${line}"`,
  };
}

function detailsOf(finding: Finding, report: FindingsReport): string {
  const affected = affectedBy(finding);
  const fix = report.rules.get(finding.rule)?.fix;
  return [
    `${WORD[finding.severity]}: ${plain(finding.message)}`,
    placeOf(finding.location),
    ...(affected === '' ? [] : [`affects: ${affected}`]),
    ...(fix === undefined ? [] : [`fix: ${plain(fix)}`]),
    `more: ${explain(finding.rule)}`,
  ].join('\n');
}

function suiteXml(name: string, cases: readonly Case[]): string {
  // Readers of JUnit know a test by its names alone, and drop or merge those that share one.
  const unique = distinct((name, count) => `${name} (${count})`);
  const tests = cases.map(({ name: test, attributes = '', body }) => {
    const opening = `    <testcase classname="${xml(name)}" name="${xml(unique(test))}"${attributes}>`;
    return `${opening}\n      ${body}\n    </testcase>`;
  });
  return [`  <testsuite name="${xml(name)}" ${tallies(cases)}>`, ...tests, '  </testsuite>'].join('\n');
}

function tallies(cases: readonly Case[]): string {
  const count = (outcome: Case['outcome']) => cases.filter(each => each.outcome === outcome).length;
  const counts = { failures: count('failure'), errors: count('error'), skipped: count('skipped') };
  return `tests="${cases.length}" ${Object.entries(counts)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ')}`;
}

function systemOut(text: string): string {
  return `<system-out>${xml(text)}</system-out>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 character data and attribute values. {@link plain} has already dropped what XML has no way to write. */
function xml(text: string): string {
  return text.replace(/[&<>"]/g, character => ENTITIES[character]!);
}
