import { type Estate, startOf } from '../../model/index.ts';
import type { ChangeKind, Detected } from '../kind.ts';
import { contractRetirement, mayGo } from '../retirement.ts';

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
  *detect(base: Estate, head: Estate, today: string): Iterable<Detected> {
    const kept = new Set(head.contracts.map(({ id }) => id));
    // A contract that cannot be parsed is not gone; loading has reported it.
    const broken = new Set(head.findings.map(({ subject }) => subject));
    for (const contract of base.contracts) {
      if (kept.has(contract.id) || broken.has(contract.id)) continue;
      const { may, why } = mayGo(contractRetirement(contract), today);
      yield {
        severity: may === true ? 'info' : 'error',
        subject: contract.id,
        message: `${contract.title} ${contract.version} is gone: ${why}`,
        location: startOf(contract.file.path),
        facts: {},
      };
    }
  },
} as const satisfies Omit<ChangeKind, 'detect'> & { detect: unknown };
