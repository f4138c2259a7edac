import type { Finding, Location } from '../model/index.ts';
import type { Format } from './format.ts';
import type { FindingsDocument } from './json.schema.ts';
import type { FindingsReport } from './report.ts';
import { summaryOf } from './tally.ts';
import { safeJson } from './untrusted.ts';

type FindingDocument = FindingsDocument['findings'][number];

/** For programs. The shape is json.schema.ts; the order of members is fixed too, so that outputs can be compared. */
export const json: Format<'json'> = {
  name: 'json',
  mediaType: 'application/json',
  render: report => safeJson(documentOf(report)),
};

export function documentOf(report: FindingsReport): FindingsDocument {
  return {
    tool: { name: 'countersign', version: report.toolVersion },
    command: report.title,
    verdict: report.verdict,
    failOn: report.failOn,
    summary: summaryOf(report),
    looked: report.looked.map(({ label, value, detail }) => ({
      label,
      value,
      ...(detail === undefined ? {} : { detail }),
    })),
    findings: report.findings.map(findingDocument),
    waived: report.waived.map(({ finding, waiver }) => ({
      finding: findingDocument(finding),
      waiver: {
        id: waiver.id,
        reason: waiver.reason,
        owner: waiver.owner,
        approver: waiver.approver,
        expires: waiver.expires,
      },
    })),
    ...(report.baseline === undefined
      ? {}
      : { baseline: { file: report.baseline.file, tolerated: report.baseline.tolerated.map(findingDocument) } }),
  };
}

/** A finding as the schema publishes it, member by member: what the model gains later is not published by accident. */
export function findingDocument(finding: Finding): FindingDocument {
  const { rule, severity, subject, message, facts, evidence, fingerprint } = finding;
  const { affected, witness, related } = evidence ?? {};
  return {
    rule,
    severity,
    subject,
    message,
    location: place(finding.location),
    facts,
    ...(evidence === undefined
      ? {}
      : {
          evidence: {
            ...(affected === undefined
              ? {}
              : { affected: affected.map(({ id, known, location }) => ({ id, known, location })) }),
            ...(witness === undefined ? {} : { witness }),
            ...(related === undefined
              ? {}
              : { related: related.map(each => ({ message: each.message, location: place(each.location) })) }),
          },
        }),
    fingerprint,
  };
}

function place({ file, line, column, endLine, endColumn, pointer }: Location): FindingDocument['location'] {
  return { file, line, column, endLine, endColumn, ...(pointer === undefined ? {} : { pointer }) };
}
