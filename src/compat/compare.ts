import { MAX_FIELDS, nodeKey, subjectAt } from '../load/index.ts';
import {
  type Contract,
  canonicalJson,
  compareText,
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
export function compare(base: Estate, head: Estate, options: CompareOptions): Comparison {
  const pairs = pairsOf(base, head);
  const isAlone = pairs.some(([before, after]) => before.id !== after.id);
  const removed = isAlone ? [] : [...contractRemoved.detect(base, head, options.today)];
  const changes = removed.map(change => changeOf(contractRemoved, change));
  const unproven: Unproven[] = [...nothing(base), ...unreadable(base, 'base'), ...unreadable(head, 'head')];
  for (const [before, after] of pairs) {
    const surface = surfaceOf(base, before);
    const pair: ContractPair = { base: surface, head: surfaceOf(head, after, surface), ...options };
    const found = KINDS.flatMap(kind => [...kind.detect(pair)].map(change => changeOf(kind, change)));
    const honest = [...versionDishonest.detect(pair, found)].map(change => changeOf(versionDishonest, change));
    changes.push(...found, ...honest);
    unproven.push(...differentRecursion(pair));
    for (const place of [...pair.base.places.values(), ...pair.head.places.values()]) {
      if (!place.table.truncated) continue;
      unproven.push({
        subject: place.id,
        reason: `it has over ${MAX_FIELDS} fields`,
        facts: { what: 'size' },
        location: placeOf(place.cursor),
      });
    }
  }
  const compared = pairs.map(([before]) => before.id);
  return {
    changes: mergedByNode(changes, head).sort(
      (a, b) => compareText(a.subject, b.subject) || compareText(a.rule.id, b.rule.id),
    ),
    compared,
    unproven,
  };
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
 * A schema that many places share changes once. The change is then about the schema itself, and says where it shows; a
 * schema that stands in one place only is known by that place.
 */
function mergedByNode(changes: readonly Change[], head: Estate): Change[] {
  const groups = groupBy(changes, ({ node, rule, subject, severity, facts }) =>
    [rule.id, severity, node ? nodeKey(node) : subject, canonicalJson(facts)].join('\n'),
  );
  const owners = new Map(head.contracts.map(contract => [contract.file, contract]));
  return [...groups.values()].map(group => {
    const first = group[0]!;
    const places = [...new Map(group.flatMap(change => change.places).map(place => [place.id, place])).values()];
    const owner = first.node && owners.get(first.node.file);
    if (places.length === 1 || !first.node || !owner) return { ...first, places };
    const schema = subjectAt(owner, first.node.path).id;
    return { ...first, subject: extend(schema, ...(first.inside ?? [])), places };
  });
}

/** Where only one version stops at a reference back to itself, what lies behind it was not compared. */
function differentRecursion({ base, head }: ContractPair): Unproven[] {
  return [...base.places].flatMap(([key, place]) => {
    const other = head.places.get(key);
    if (!other || sameSet(place.table.recursive, other.table.recursive)) return [];
    const reason = 'its schema refers to itself at different places in the two versions';
    return [{ subject: place.id, reason, facts: { what: 'recursion' }, location: placeOf(other.cursor) }];
  });
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join('\n') === [...b].sort().join('\n');
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
    return finding(change.rule, { ...change, ...(affected.length === 0 ? {} : { evidence: { affected } }) });
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
