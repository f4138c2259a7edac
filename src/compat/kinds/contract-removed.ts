import type { Contract, Estate } from '../../model/index.ts';
import { startOf } from '../../model/index.ts';
import type { Change, ChangeKind } from '../kind.ts';

/** Compared per estate, not per contract: the contract that is gone has no counterpart. */
export const contractRemoved = {
  direction: 'both',
  area: 'contract',
  action: 'removed',
  rule: {
    id: 'compat/contract-removed',
    severity: 'error',
    title: 'A contract was removed',
    policies: ['D6.16'],
    why: 'Whoever is built against it loses it whole.',
    fix: 'Deprecate it, wait for its sunset date and for its last consumer, then remove it.',
  },
  *detect(base: Estate, head: Estate, today: string): Iterable<Omit<Change, 'rule' | 'direction'>> {
    const kept = new Set(head.contracts.map(({ id }) => id));
    // A contract that cannot be parsed is not gone; loading has reported it.
    const broken = new Set(head.findings.map(({ subject }) => subject));
    for (const contract of base.contracts) {
      if (kept.has(contract.id) || broken.has(contract.id)) continue;
      const sunset = contract.governance?.lifecycle?.sunsetDate;
      const isOver = sunset !== undefined && sunset < today;
      yield {
        severity: isOver ? 'info' : 'error',
        subject: contract.id,
        message: `${contract.title} ${contract.version} is gone${reason(contract, isOver)}`,
        location: startOf(contract.file.path),
        facts: {},
      };
    }
  },
} as const satisfies Omit<ChangeKind, 'detect'> & { detect: unknown };

function reason(contract: Contract, isOver: boolean): string {
  const lifecycle = contract.governance?.lifecycle;
  if (isOver) return `, after its sunset on ${lifecycle?.sunsetDate}`;
  if (lifecycle?.sunsetDate !== undefined) return `, before its sunset on ${lifecycle.sunsetDate}`;
  return ' without ever having been deprecated';
}
