import { type Finding, finding, formatPointer } from '../../model/index.ts';
import { ruleId, severityOf } from '../documentation.ts';
import { particularsOf } from '../particulars.ts';
import type { Diagnostic } from './types.ts';

/** In the common form. `shown` gives the path that the user would type. */
export function findingOf(diagnostic: Diagnostic, shown: (source: string) => string): Finding {
  const { code, message, path, severity, range, source = '' } = diagnostic;
  const file = shown(source);
  const location = {
    file,
    line: range.start.line + 1,
    column: range.start.character + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.character + 1,
    pointer: formatPointer(path),
  };
  const facts = { at: path.map(String), ...particularsOf(message) };
  return finding(
    { id: ruleId(String(code)), severity: severityOf(severity) },
    { subject: subjectOf(file), message, location, facts },
  );
}

/** Id of a document that is no contract. */
export function subjectOf(file: string): string {
  return `source:${file.replace(/[^A-Za-z0-9_./-]/g, '_')}`;
}
