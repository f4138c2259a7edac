import { MAX_FIELDS } from '../load/index.ts';
import {
  compareText,
  type Edge,
  type Estate,
  type Finding,
  finding,
  type JsonObject,
  type Location,
  type Rule,
  startOf,
} from '../model/index.ts';
import { affectedBy } from './affected.ts';
import { type Change, type ContractPair, placeOf } from './kind.ts';
import { contractRemoved } from './kinds/contract-removed.ts';
import { KINDS } from './kinds/index.ts';
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

/**
 * What the step from `base` to `head` breaks. `today` (YYYY-MM-DD, UTC) decides whether a removed contract was past
 * its sunset.
 */
export function compare(base: Estate, head: Estate, today: string): Comparison {
  const changes: Change[] = [...contractRemoved.detect(base, head, today)].map(change => ({
    ...change,
    rule: contractRemoved.rule,
    direction: contractRemoved.direction,
  }));
  const unproven: Unproven[] = [...nothing(base), ...unreadable(base, 'base'), ...unreadable(head, 'head')];
  const compared: string[] = [];
  for (const before of base.contracts) {
    const after = head.contracts.find(({ id }) => id === before.id);
    if (!after) continue;
    compared.push(before.id);
    const pair = { base: surfaceOf(base, before), head: surfaceOf(head, after) };
    for (const kind of KINDS) {
      for (const change of kind.detect(pair)) {
        changes.push({ severity: kind.rule.severity, ...change, rule: kind.rule, direction: kind.direction });
      }
    }
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
  return { changes: changes.sort((a, b) => compareText(a.subject, b.subject)), compared, unproven };
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

export const compatRules: readonly Rule[] = [contractRemoved.rule, unprovenRule, ...KINDS.map(({ rule }) => rule)];
