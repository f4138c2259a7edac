import type { Domain } from '../model/domain.ts';
import {
  CONTRACT_KINDS,
  type Contract,
  type Cursor,
  type Entry,
  type Estate,
  type PactFile,
  type SourceFile,
} from '../model/estate.ts';
import { compareText, type Finding, finding, startOf } from '../model/finding.ts';
import type { Consumer, Governance, System, Team, Waiver } from '../model/governance.ts';
import { contractOf, majorOf, parseId } from '../model/id.ts';
import { asString, get, getIn, type JsonObject } from '../model/json.ts';
import type { Layout } from '../model/layout.ts';
import type { Mapping } from '../model/mapping.ts';
import { rootOf } from './cursor.ts';
import { type Parsed, parseSource } from './parse.ts';
import { type Recognised, recognise, recogniseNamed } from './recognise.ts';
import { brokenReferences, referencesOf } from './references.ts';
import { resolveRef } from './refs.ts';
import rule from './rules.ts';
import { faultsOf, SCHEMAS, type SchemaName } from './shape.ts';
import type { Snapshot } from './snapshot.ts';
import { type Subject, stableSegments, subjectAt } from './subject.ts';

/**
 * Reads a snapshot into an estate. Never throws for anything a file says: what cannot be read, parsed, recognised or
 * resolved becomes a finding, and the rest stays usable. Files that `known` has with the same text are not parsed again.
 */
export function load(snapshot: Snapshot, known?: Pick<Estate, 'files'>): Estate {
  const parsed = [...snapshot.files]
    .sort(([a], [b]) => compareText(a, b))
    .map(([path, text]) => reusable(known?.files.get(path), text) ?? parseSource(path, text));
  const files = new Map(parsed.map(({ file }) => [file.path, file]));
  const findings: Finding[] = snapshot.skipped.map(({ path, reason }) =>
    finding(rule.unreadable, { subject: sourceId(path), message: `not read: ${reason}`, location: startOf(path) }),
  );
  findings.push(...parsed.flatMap(syntaxFinding));

  const documents = parsed.flatMap(({ file }) => {
    const recognised = recognise(file) ?? (file.path === snapshot.main ? recogniseNamed(file) : undefined);
    return recognised ? [{ file, recognised }] : [];
  });
  const contracts = documents.flatMap(({ file, recognised }) =>
    recognised.type === 'contract' ? [contractFrom(file, recognised, findings)] : [],
  );
  const unique = withoutDuplicates(contracts, findings);
  findings.push(
    ...referenceFindings(
      files,
      documents.map(({ file }) => file),
      contracts,
    ),
  );

  const entriesOf = <T extends { id: string }>(type: SchemaName): Entry<T>[] => {
    const found = documents.filter(({ recognised }) => recognised.type === type);
    return found.flatMap(({ file }) => entryFrom<T>(type, file, findings));
  };
  return {
    label: snapshot.label,
    files,
    data: snapshot.data ?? new Map(),
    contracts: unique,
    mappings: unique
      .filter(({ kind }) => kind === 'mapping')
      .flatMap(contract => ownDocumentFrom<Mapping>('mapping', contract, findings)),
    layouts: unique
      .filter(({ kind }) => kind === 'file')
      .flatMap(contract => ownDocumentFrom<Layout>('layout', contract, findings)),
    teams: withoutDuplicates(entriesOf<Team>('team'), findings),
    systems: withoutDuplicates(entriesOf<System>('system'), findings),
    consumers: withoutDuplicates(entriesOf<Consumer>('consumer'), findings),
    waivers: withoutDuplicates(entriesOf<Waiver>('waiver'), findings),
    domains: withoutDuplicates(entriesOf<Domain>('domain'), findings),
    pacts: documents.flatMap(({ file, recognised }) =>
      recognised.type === 'pact' ? [pactFrom(file, recognised.document)] : [],
    ),
    findings,
  };
}

/** The contract with this id, or the one that the id lies in. */
export function contractById(estate: Estate, id: string): Contract | undefined {
  const wanted = contractOf(id);
  return estate.contracts.find(contract => contract.id === wanted);
}

function reusable(file: SourceFile | undefined, text: string): Parsed | undefined {
  return file?.value !== undefined && file.text === text ? { file } : undefined;
}

/** The id of a file that is known by its path alone. */
export function sourceId(path: string): string {
  return `source:${path.replace(/[^A-Za-z0-9_./-]/g, '_')}`;
}

function syntaxFinding({ file, problem }: Parsed): Finding[] {
  if (!problem) return [];
  // A broken contract should still be known by its own name: that is what its owner looks for.
  const stated = /^[ \t]*["']?id["']?[ \t]*:[ \t]*["']?([a-z]+:[^\s"'#,]+)/m.exec(file.text)?.[1];
  const subject = stated !== undefined && parseId(stated) ? stated : sourceId(file.path);
  const message = `the file cannot be parsed: ${problem.message}`;
  return [finding(rule.syntax, { subject, message, facts: { problem: problem.message }, location: problem.location })];
}

function contractFrom(
  file: SourceFile,
  { kind, dialect, document }: Extract<Recognised, { type: 'contract' }>,
  findings: Finding[],
): Contract {
  const stated = asString(getIn(document, ['x-governance', 'id']));
  const info = kind === 'schema' || kind === 'mapping' || kind === 'file' ? document : get(document, 'info');
  const title = asString(get(info, 'title')) ?? file.path;
  const version = asString(get(info, kind === 'schema' ? 'x-version' : 'version')) ?? '0.0.0';
  const parsed = stated === undefined ? undefined : parseId(stated);
  const isContractId =
    parsed !== undefined && CONTRACT_KINDS.some(known => known === parsed.kind) && parsed.version !== undefined;
  const id = isContractId ? contractOf(stated!) : `${kind}:${slug(title)}@${majorOf(version)}`;

  const metadata = rootOf(file) && cursorAt(file, 'x-governance');
  const faults = metadata ? faultsOf(SCHEMAS.governance, metadata) : [];
  findings.push(
    ...faults.map(({ message, facts, location }) =>
      finding(rule.governanceShape, { subject: id, message: `x-governance: ${message}`, facts, location }),
    ),
  );
  if (isContractId && (parsed.kind !== kind || majorOf(parsed.version!) !== majorOf(version))) {
    findings.push(
      finding(rule.idMismatch, {
        subject: id,
        message: `the document is of kind "${kind}" and version ${version}, so its id should be ${kind}:${parsed.name}@${majorOf(version)}`,
        facts: { kind, major: majorOf(version) },
        location: file.locate(['x-governance', 'id']),
      }),
    );
  }
  const governance = metadata && faults.length === 0 ? (metadata.value as unknown as Governance) : undefined;
  return { id, kind, title, version, dialect, file, document, governance };
}

function cursorAt(file: SourceFile, key: string) {
  const value = get(file.value, key);
  return value === undefined ? undefined : { file, path: [key], value };
}

function slug(title: string): string {
  const text = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return text === '' ? 'untitled' : text;
}

/** Keeps the first bearer of each id, in the order of paths, and reports the others. */
function withoutDuplicates<T extends { readonly id: string; readonly file: SourceFile }>(
  bearers: readonly T[],
  findings: Finding[],
): T[] {
  const first = new Map<string, T>();
  for (const bearer of bearers) {
    const earlier = first.get(bearer.id);
    if (!earlier) {
      first.set(bearer.id, bearer);
      continue;
    }
    findings.push(
      finding(rule.duplicateId, {
        subject: bearer.id,
        message: `${earlier.file.path} already has the id ${bearer.id}; this document was left out of all further checks`,
        location: bearer.file.locate([]),
        evidence: { related: [{ message: 'the first bearer', location: earlier.file.locate([]) }] },
      }),
    );
  }
  return [...first.values()];
}

function entryFrom<T extends { id: string }>(type: SchemaName, file: SourceFile, findings: Finding[]): Entry<T>[] {
  const root = rootOf(file);
  if (!root) return [];
  const stated = asString(get(root.value, 'id'));
  const subject = stated !== undefined && parseId(stated) ? stated : sourceId(file.path);
  const faults = faultsOf(SCHEMAS[type], root);
  findings.push(
    ...faults.map(({ message, facts, location }) =>
      finding(rule.governanceShape, { subject, message, facts, location }),
    ),
  );
  const value = root.value as unknown as T;
  return faults.length === 0 ? [{ id: value.id, file, value }] : [];
}

/** A contract whose format is ours. */
function ownDocumentFrom<T>(name: SchemaName, contract: Contract, findings: Finding[]): Entry<T>[] {
  const root = rootOf(contract.file);
  const faults = root ? faultsOf(SCHEMAS[name], root) : [];
  // Faults inside x-governance were reported with the contract.
  const own = faults.filter(fault => !fault.facts.path.startsWith('x-governance'));
  findings.push(
    ...own.map(({ message, facts, location }) =>
      finding(rule.governanceShape, { subject: contract.id, message, facts, location }),
    ),
  );
  return faults.length === 0
    ? [{ id: contract.id, file: contract.file, value: contract.document as unknown as T }]
    : [];
}

function pactFrom(file: SourceFile, document: JsonObject): PactFile {
  const nameOf = (party: string) => asString(getIn(document, [party, 'name'])) ?? '';
  return { consumer: nameOf('consumer'), provider: nameOf('provider'), file, document };
}

/**
 * Follows the references of all recognised documents into the files they lead to; reports those that lead nowhere, and
 * the files that are neither a document of their own nor a part of one.
 */
function referenceFindings(
  files: ReadonlyMap<string, SourceFile>,
  documents: readonly SourceFile[],
  contracts: readonly Contract[],
): Finding[] {
  const findings: Finding[] = [];
  const contractOfFile = new Map(contracts.map(contract => [contract.file, contract]));
  const reached = new Set<SourceFile>(documents);
  for (const file of reached) {
    const contract = contractOfFile.get(file);
    const subjectOf = ({ path }: Cursor): Subject =>
      contract
        ? subjectAt(contract, path, files)
        : { id: sourceId(file.path), rest: file.value === undefined ? [] : stableSegments(file.value, path) };
    findings.push(...brokenReferences(files, file, subjectOf));
    for (const { ref } of referencesOf(file)) {
      const resolution = resolveRef(files, file, ref);
      if ('target' in resolution) reached.add(resolution.target.file);
    }
  }
  const orphans = [...files.values()].filter(file => file.value !== undefined && !reached.has(file));
  const orphanFindings = orphans.map(file =>
    finding(rule.unrecognised, {
      subject: sourceId(file.path),
      message: 'this is no contract, entry or pact, and no document refers to it',
      location: startOf(file.path),
    }),
  );
  return [...findings, ...orphanFindings];
}
