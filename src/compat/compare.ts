import { contentOf, nodeKey, referencesOf, resolveRef, subjectAt } from '../load/index.ts';
import {
  type Contract,
  type Cursor,
  canonicalJson,
  compareText,
  contractOf,
  type Edge,
  type Estate,
  extend,
  type Finding,
  finding,
  groupBy,
  type JsonObject,
  type Location,
  type Rule,
  startOf,
} from '../model/index.ts';
import { affectedBy } from './affected.ts';
import { createDifferences, type Undecided } from './differences.ts';
import { type Change, type ChangeKind, type ContractPair, type Detected, placeOf } from './kind.ts';
import { contractRemoved } from './kinds/contract-removed.ts';
import { KINDS } from './kinds/index.ts';
import { versionDishonest } from './kinds/version.ts';
import { surfaceOf } from './surface.ts';

export interface Comparison {
  readonly changes: readonly Change[];
  /** Contracts that were in both estates and were compared. */
  readonly compared: readonly string[];
  /** What could not be compared: nothing is known about it. */
  readonly unproven: readonly Unproven[];
}

export interface Unproven {
  readonly subject: string;
  readonly reason: string;
  /** What tells it from others about the same subject, without the words. */
  readonly facts: JsonObject;
  readonly location: Location;
}

export interface CompareOptions {
  /** The day on which the later state is to take effect, `YYYY-MM-DD` in UTC: decides what was past its sunset. */
  readonly today: string;
  /** Least number of days between a deprecation and its sunset. */
  readonly noticeDays: number;
}

/** What the step from `base` to `head` changes for whoever depends on it, what breaks and what is offered. */
export async function compare(base: Estate, head: Estate, options: CompareOptions): Promise<Comparison> {
  const pairs = pairsOf(base, head);
  const isAlone = pairs.some(([before, after]) => before.id !== after.id);
  const removed = isAlone ? [] : [...contractRemoved.detect(base, head, options.today)];
  const changes = removed.map(change => changeOf(contractRemoved, change));
  const unproven: Unproven[] = [...nothing(base), ...unreadable(base, 'base'), ...unreadable(head, 'head')];
  const differencesIn = createDifferences({ base, head });
  for (const [before, after] of pairs) {
    if (isSame(base, before, head, after)) continue;
    const surface = surfaceOf(base, before);
    const surfaces = { base: surface, head: surfaceOf(head, after, surface) };
    const { found: differences, undecided } = await differencesIn(surfaces);
    const pair: ContractPair = { ...surfaces, ...options, differences };
    const found = KINDS.flatMap(kind => [...kind.detect(pair)].map(change => changeOf(kind, change)));
    const honest = [...versionDishonest.detect(pair, found)].map(change => changeOf(versionDishonest, change));
    changes.push(...found, ...honest);
    unproven.push(...undecided.map(undecidedIn));
  }
  const compared = pairs.map(([before]) => before.id);
  return {
    changes: mergedByNode(changes, head, new Map(pairs.map(([before, after]) => [after.id, before.id]))).sort(
      (a, b) => compareText(a.subject, b.subject) || compareText(a.rule.id, b.rule.id),
    ),
    compared,
    unproven: [...new Map(unproven.map(one => [`${one.subject}\n${one.reason}`, one])).values()],
  };
}

/** Nothing changes where no text has changed that a contract is made of. */
function isSame(base: Estate, before: Contract, head: Estate, after: Contract): boolean {
  return before.id === after.id && contentOf(base, before.file) === contentOf(head, after.file);
}

function undecidedIn({ place, reason }: Undecided): Unproven {
  return { subject: place.base.id, reason, facts: { reason }, location: placeOf(place.head.cursor) };
}

/**
 * The contracts that both states have, by id. Where each state is a single document, these are meant, whatever they are
 * called: a title that was corrected is no other contract.
 */
function pairsOf(base: Estate, head: Estate): [Contract, Contract][] {
  const [only, other] = [base.contracts[0], head.contracts[0]];
  if (only && other && base.contracts.length === 1 && head.contracts.length === 1) {
    return only.kind === other.kind ? [[only, other]] : [];
  }
  return base.contracts.flatMap(before => {
    const after = head.contracts.find(({ id }) => id === before.id);
    return after ? [[before, after] satisfies [Contract, Contract]] : [];
  });
}

function changeOf(kind: Pick<ChangeKind, 'rule' | 'direction' | 'area' | 'action'>, change: Detected): Change {
  const { rule, direction, area, action } = kind;
  return {
    ...change,
    severity: change.severity ?? rule.severity,
    rule,
    direction,
    area,
    action,
    places: [{ id: change.subject, location: change.location }],
  };
}

/**
 * A schema that several refer to changes once. The change is then about the schema itself, and says where it shows; a
 * schema that stands in one place only is known by that place.
 */
function mergedByNode(changes: readonly Change[], head: Estate, earlierIds: ReadonlyMap<string, string>): Change[] {
  const isShared = sharedSchemas(head);
  const groups = groupBy(changes, ({ node, rule, subject, severity, facts }) =>
    [rule.id, severity, node ? nodeKey(node) : subject, canonicalJson(facts)].join('\n'),
  );
  const owners = new Map(head.contracts.map(contract => [contract.file, contract]));
  return [...groups.values()].map(group => {
    const first = group[0]!;
    const places = [...new Map(group.flatMap(change => change.places).map(place => [place.id, place])).values()];
    const owner = first.node && owners.get(first.node.file);
    if (!first.node || !owner) return { ...first, places };
    const schema = renamed(subjectAt(owner, first.node.path).id, earlierIds);
    const isOne = places.length === 1 && !isShared(first.node);
    const subject = isOne ? first.subject : extend(schema, ...(first.inside ?? []));
    return { ...first, subject, schema, places };
  });
}

/** Single documents may be called otherwise in the later version; all changes of one are about the same contract. */
function renamed(id: string, earlierIds: ReadonlyMap<string, string>): string {
  const contract = contractOf(id);
  return (earlierIds.get(contract) ?? contract) + id.slice(contract.length);
}

/** Whether a node is inside of something that interfaces and schemas refer to more than once. */
function sharedSchemas({ files, contracts }: Estate): (node: Cursor) => boolean {
  let counts: Map<string, number> | undefined;
  const count = () => {
    // A workflow that borrows a schema is one more user of it, and no other place.
    const users = new Set(contracts.flatMap(({ kind, file }) => (kind === 'workflow' ? [file] : [])));
    const interfaces = [...files.values()].filter(file => !users.has(file));
    const targets = interfaces.flatMap(file =>
      referencesOf(file).flatMap(({ ref }) => {
        const resolution = resolveRef(files, file, ref);
        return 'target' in resolution ? [nodeKey(resolution.target)] : [];
      }),
    );
    return new Map([...groupBy(targets, target => target)].map(([target, all]) => [target, all.length]));
  };
  return ({ file, path, value }) => {
    counts ??= count();
    return [...path.keys(), path.length].some(depth => {
      const key = nodeKey({ file, path: path.slice(0, depth), value });
      return (counts?.get(key) ?? 0) > 1;
    });
  };
}

/** Against nothing everything is new, and nothing is found to be broken. */
function nothing(base: Estate): Unproven[] {
  if (base.contracts.length > 0) return [];
  const reason = `${base.label} holds no contracts; where that is right, leave the comparison out`;
  return [{ subject: 'source:.', reason, facts: { what: 'nothing' }, location: startOf('.') }];
}

/** Parts of a state that loading could not make sense of. */
function unreadable(estate: Estate, state: 'base' | 'head'): Unproven[] {
  const serious = estate.findings.filter(({ rule, severity }) => rule.startsWith('load/') && severity === 'error');
  return serious.map(({ subject, message, fingerprint, location }) => ({
    subject,
    reason: `in ${estate.label}, ${message}`,
    facts: { what: 'fault', state, fault: fingerprint },
    location,
  }));
}

/** The outcome as findings, each change with those who are known to be hit. */
export function changeFindings({ changes, unproven }: Comparison, edges: readonly Edge[]): Finding[] {
  const proven = changes.map(change => {
    const affected = affectedBy(change, edges);
    const evidence = {
      ...(affected.length === 0 ? {} : { affected }),
      ...(change.witness === undefined ? {} : { witness: change.witness }),
    };
    return finding(change.rule, { ...change, ...(Object.keys(evidence).length === 0 ? {} : { evidence }) });
  });
  const open = unproven.map(({ subject, reason, facts, location }) =>
    finding(unprovenRule, { subject, message: `it could not be compared: ${reason}`, facts, location }),
  );
  return [...proven, ...open];
}

const unprovenRule = {
  id: 'compat/unproven',
  severity: 'warn',
  title: 'Something could not be compared',
  why: 'What was not compared may have changed in any way; that is no pass.',
  fix: 'Mend the earlier version, or compare with another one.',
} as const satisfies Rule;

export const compatRules: readonly Rule[] = [
  contractRemoved.rule,
  versionDishonest.rule,
  unprovenRule,
  ...KINDS.map(({ rule }) => rule),
];
