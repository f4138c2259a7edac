import { type ISpectralDiagnostic, Spectral } from '@stoplight/spectral-core';
import { deref, down, refOf, rootOf, stableSegments, subjectAt } from '../load/index.ts';
import {
  type Contract,
  type Cursor,
  type Estate,
  type Finding,
  finding,
  type JsonObject,
  type Path,
} from '../model/index.ts';
import { ruleId, severityOf } from './documentation.ts';
import { particularsOf } from './particulars.ts';
import type { ResolverOf } from './resolver.ts';
import { factsKey, type LoadedRuleset } from './ruleset.ts';

export { estateResolver } from './resolver.ts';

/** What one ruleset finds in one contract. Throws what a rule throws. */
export async function findingsIn(
  estate: Estate,
  loaded: LoadedRuleset,
  contract: Contract,
  resolverOf: ResolverOf,
): Promise<Finding[]> {
  // What functions state is looked up by rule and message, so it must not come from another contract.
  loaded.facts.clear();
  const results = await run(loaded, contract, resolverOf);
  const owners = new Map(estate.contracts.map(owner => [owner.file.path, owner]));
  return results.flatMap(result => findingsFrom(estate, owners, loaded, contract, result));
}

async function run(loaded: LoadedRuleset, contract: Contract, resolverOf: ResolverOf): Promise<ISpectralDiagnostic[]> {
  // The ruleset, which is dear to build, is shared; an instance for each resolver costs nothing.
  const spectral = new Spectral({ resolver: resolverOf(contract.file) });
  spectral.setRuleset(loaded.ruleset);
  // Already parsed; a copy, whose objects have a prototype (see resolver.ts). It has no source on purpose: Spectral would
  // look for results behind a reference in documents that it has parsed itself, and gets them wrong for keys such as
  // `$defs`. Without one it leaves the path as it was.
  const data = structuredClone(contract.document);
  const document = {
    parsed: { data, diagnostics: [], ast: undefined, lineMap: [] },
    getLocationForJsonPath: () => undefined,
  };
  return spectral.run(document);
}

function findingsFrom(
  estate: Estate,
  owners: ReadonlyMap<string, Contract>,
  loaded: LoadedRuleset,
  contract: Contract,
  { code, message, path, severity }: ISpectralDiagnostic,
): Finding[] {
  const id = ruleId(String(code));
  // Parser, reference and format diagnostics belong to no rule, and loading has said what there is to say.
  if (!loaded.rules.has(id)) return [];
  const isResolved = loaded.ruleset.rules[code]?.resolved === true;
  const { file, path: at } = isResolved ? placeOf(estate, contract, path) : { file: contract.file, path };
  const owner = owners.get(file.path);
  const subject = owner
    ? subjectAt(owner, at, estate.files)
    : { id: `source:${file.path.replace(/[^A-Za-z0-9_./-]/g, '_')}`, rest: stableSegments(file.value ?? null, at) };
  const rule = { id, severity: severityOf(severity) };
  const facts = { at: [...subject.rest], ...particulars(loaded, String(code), message) };
  return [finding(rule, { subject: subject.id, message, location: file.locate(at), facts })];
}

/**
 * Where a path in the resolved document stands in the files. A reference at the very end is followed inside its own file
 * only: a fault of a shared response is reported at that response, but choosing a thing from another file was done here.
 */
function placeOf(estate: Estate, contract: Contract, path: Path): Cursor {
  const { cursor } = trace(estate, contract, path);
  const target = refOf(cursor) === undefined ? undefined : deref(estate.files, cursor);
  return target?.file === cursor.file ? target : cursor;
}

/** As far as the path leads; `rest` counts the steps that do not exist in the files. */
function trace(estate: Estate, contract: Contract, path: Path): { cursor: Cursor; rest: number } {
  let cursor: Cursor = rootOf(contract.file)!;
  for (const [index, step] of path.entries()) {
    const next = down(cursor, step) ?? down(deref(estate.files, cursor), step);
    if (!next) return { cursor, rest: path.length - index };
    cursor = next;
  }
  return { cursor, rest: 0 };
}

/**
 * What tells two faults of one rule at one place apart. Our own functions state it. For the rules of others there is only
 * the message: of that the quoted names, which survive rewording, and only where there are none the text itself.
 */
function particulars(loaded: LoadedRuleset, code: string, message: string): JsonObject {
  const stated = loaded.facts.get(factsKey(code, message));
  if (stated) return stated;
  const template = loaded.ruleset.rules[code]?.message ?? null;
  const isConstant = template === null ? message === loaded.ruleset.rules[code]?.description : !template.includes('{{');
  if (isConstant) return {};
  return particularsOf(message);
}
