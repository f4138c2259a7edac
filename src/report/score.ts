/**
 * A score for each contract, from 0 to 100, that can be argued with: it starts at 100 and loses points for each rule that
 * found something, and says for which. The first finding of a rule costs what the severity says, each further one a fifth
 * of that, and no rule more than twice: forgetting one thing in forty operations is one habit and not forty. A waiver
 * costs nothing, since somebody answers for it; what a baseline tolerates costs all of it, since nobody does.
 */
import { compareText, contractOf, type Estate, type Finding, type Severity } from '../model/index.ts';

export const COST: Readonly<Record<Severity, number>> = { error: 10, warn: 3, info: 1 };
const FURTHER = 1 / 5;
const MOST = 2;

export interface Loss {
  readonly rule: string;
  readonly severity: Severity;
  readonly findings: number;
  /** What it costs, to a tenth. */
  readonly points: number;
}

export interface ContractScore {
  readonly id: string;
  readonly title: string;
  readonly owner: string | undefined;
  /** 0 to 100, to a tenth. */
  readonly score: number;
  /** Dearest first. */
  readonly losses: readonly Loss[];
  /** Findings that a waiver excuses. */
  readonly waived: number;
}

/** The contracts, lowest score first. `findings` are those of the estate as it is, `waived` not among them. */
export function scoresOf(
  { contracts }: Pick<Estate, 'contracts'>,
  findings: readonly Finding[],
  waived: readonly Finding[],
): ContractScore[] {
  const found = byContract(findings);
  const excused = byContract(waived);
  return contracts
    .map(({ id, title, governance }) => {
      const losses = lossesOf(found.get(id) ?? []);
      const lost = losses.reduce((sum, { points }) => sum + points, 0);
      return {
        id,
        title,
        owner: governance?.owner,
        score: toTenth(Math.max(0, 100 - lost)),
        losses,
        waived: excused.get(id)?.length ?? 0,
      };
    })
    .sort((a, b) => a.score - b.score || compareText(a.id, b.id));
}

/** Of all contracts, to a tenth, rounded down: one that lost something shows. 100 where there is none. */
export function meanOf(scores: readonly ContractScore[]): number {
  if (scores.length === 0) return 100;
  // In tenths, which are whole numbers.
  const tenths = scores.reduce((sum, { score }) => sum + Math.round(score * 10), 0);
  return Math.floor(tenths / scores.length) / 10;
}

function lossesOf(findings: readonly Finding[]): Loss[] {
  const rules = new Map<string, Finding[]>();
  for (const found of findings) {
    const key = `${found.severity} ${found.rule}`;
    rules.set(key, [...(rules.get(key) ?? []), found]);
  }
  return [...rules.values()]
    .map(group => {
      const { rule, severity } = group[0]!;
      const times = Math.min(MOST, 1 + (group.length - 1) * FURTHER);
      return { rule, severity, findings: group.length, points: toTenth(COST[severity] * times) };
    })
    .sort((a, b) => b.points - a.points || compareText(a.rule, b.rule));
}

function byContract(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const found of findings) {
    const id = contractOf(found.subject);
    const group = groups.get(id) ?? [];
    groups.set(id, group);
    group.push(found);
  }
  return groups;
}

function toTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
