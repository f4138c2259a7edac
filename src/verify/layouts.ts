/** File layouts: are they sound, do their examples keep to them, and does a real file. */
import { posix } from 'node:path';
import { type FileFault, integrityOf, readAll, layoutRules as rules } from '../layout/index.ts';
import { contractById, subjectAt } from '../load/index.ts';
import {
  type Contract,
  type Entry,
  type Estate,
  extend,
  type Finding,
  finding,
  type Layout,
  type Location,
  namesQuotedIn,
  type Rule,
} from '../model/index.ts';

/** More faults of one example tell nobody more. */
const MAX_EXAMPLE_FAULTS = 20;

export interface LayoutCheck {
  readonly findings: Finding[];
  /** How many example files were read. */
  readonly checked: number;
}

export function checkLayouts(estate: Estate): LayoutCheck {
  const results = estate.layouts.map(layout => checkLayout(estate, layout));
  return {
    findings: results.flatMap(({ findings }) => findings),
    checked: results.reduce((sum, { checked }) => sum + checked, 0),
  };
}

/** What is wrong with a layout itself, its examples left aside. */
export function integrityFindings(contract: Contract, { value }: Entry<Layout>): Finding[] {
  return [...integrityOf(value)].map(({ rule, path, message }) => {
    const { id, rest } = subjectAt(contract, path);
    const location = contract.file.locate(path);
    const facts = { at: rest.join('/'), names: namesQuotedIn(message) };
    return finding(rule, { subject: id, message, facts, location });
  });
}

function checkLayout(estate: Estate, layout: Entry<Layout>): LayoutCheck {
  const contract = contractById(estate, layout.id);
  if (!contract) return { findings: [], checked: 0 };
  const own = integrityFindings(contract, layout);
  // A layout with errors of its own finds errors in every file.
  if (own.some(({ severity }) => severity === 'error')) return { findings: own, checked: 0 };
  const examples = layout.value.examples.map(({ file }, index) => exampleFindings(estate, layout, file, index));
  return { findings: [...own, ...examples.flat()], checked: examples.length };
}

function exampleFindings(estate: Estate, { id, file, value }: Entry<Layout>, name: string, index: number): Finding[] {
  const path = posix.join(posix.dirname(file.path), name);
  const bytes = estate.data.get(path);
  if (!bytes) {
    const message = `there is no file ${path}`;
    const location = file.locate(['examples', index, 'file']);
    return [finding(rule('layout/example-missing'), { subject: id, message, facts: { example: name }, location })];
  }
  const { faults, end } = readAll(value, bytes, {
    maxFaults: MAX_EXAMPLE_FAULTS,
    fileName: posix.basename(name),
  });
  const invalid = rule('layout/example-invalid');
  const findings = faults.map(fault =>
    finding(invalid, {
      subject: subjectOf(id, fault),
      message: `${name}: ${fault.message} (${fault.rule.id})`,
      facts: { example: name, fault: fault.rule.id, ...factsOf(fault) },
      location: locationOf(path, fault),
      severity: fault.rule.severity,
    }),
  );
  const more = end.faults - faults.length;
  if (more === 0) return findings;
  const message = `${name}: and ${more} more faults`;
  const location = file.locate(['examples', index, 'file']);
  return [...findings, finding(invalid, { subject: id, message, facts: { example: name, more: true }, location })];
}

function rule(id: string): Rule {
  return rules.find(known => known.id === id)!;
}

/** What is wrong with a real file, as findings about the layout that it should have. */
export function fileFindings(layout: Entry<Layout>, file: string, faults: readonly FileFault[]): Finding[] {
  return faults.map(fault =>
    finding(fault.rule, {
      subject: subjectOf(layout.id, fault),
      message: fault.message,
      facts: { file: posix.basename(file), ...factsOf(fault) },
      location: locationOf(file, fault),
    }),
  );
}

function subjectOf(id: string, { record, field }: FileFault): string {
  if (record === undefined) return id;
  return extend(id, record, ...(field === undefined ? [] : [field]));
}

function factsOf({ number, line, column, element }: FileFault) {
  return { record: number, line, column, ...(element === undefined ? {} : { element }) };
}

function locationOf(file: string, { line, column, endColumn }: FileFault): Location {
  return { file, line, column, endLine: line, endColumn };
}
