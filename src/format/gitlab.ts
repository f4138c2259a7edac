import type { Severity } from '../model/index.ts';
import type { Format } from './format.ts';
import { affectedBy, distinct, pathOf } from './tally.ts';
import { plain, safeJson } from './untrusted.ts';

/** By severity alone, not by `--fail-on`: GitLab compares two branches, which may run with different bars. */
const SEVERITY: Readonly<Record<Severity, string>> = { error: 'critical', warn: 'minor', info: 'info' };

/**
 * GitLab's code quality report. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 * It knows no suppressions: waived and tolerated findings are left out. GitLab compares with the report of the target
 * branch, where those of the baseline are left out too, so it shows neither as new nor as resolved what did not change.
 */
export const gitlab: Format<'gitlab'> = {
  name: 'gitlab',
  mediaType: 'application/json',
  render(report) {
    // Of two entries with one fingerprint GitLab shows the first.
    const unique = distinct((fingerprint, count) => `${fingerprint}-${count}`);
    return safeJson(
      report.findings.map(finding => {
        const affected = affectedBy(finding);
        return {
          description: plain(finding.message) + (affected === '' ? '' : ` – affects ${affected}`),
          check_name: finding.rule,
          fingerprint: unique(finding.fingerprint),
          severity: SEVERITY[finding.severity],
          location: { path: pathOf(finding.location), lines: { begin: finding.location.line } },
        };
      }),
    );
  },
};
