import { whoUses } from '../graph/index.ts';
import { definePolicy } from './policy.ts';

/** A release of an ERP is prepared for half a year. */
const NOTICE_DAYS = 180;

export default definePolicy({
  rule: {
    id: 'policy/vendor-support',
    severity: 'error',
    title: 'The vendor no longer supports what we call, or soon will not',
    policies: ['D6.21', 'D6.16'],
    why: 'After the last day the interface changes or goes without notice, and the vendor’s answer to a ticket is the new version.',
    fix: 'Describe the vendor’s newer version beside it, move the adapters, and then retire this contract; or correct `vendor.supportedUntil` with its source.',
  },
  /** A day that has passed is an error, one within half a year a warning. */
  *check({ estate, edges, today }) {
    for (const { id, governance, file } of estate.contracts) {
      const until = governance?.vendor?.supportedUntil;
      if (until === undefined || governance?.lifecycle?.status === 'retired') continue;
      const days = Math.round((Date.parse(until) - Date.parse(today)) / 86_400_000);
      if (!(days < NOTICE_DAYS)) continue;
      yield {
        subject: id,
        message: days < 0 ? `was supported until ${until}` : `is supported for ${days} more days, until ${until}`,
        facts: { until },
        location: file.locate(['x-governance', 'vendor', 'supportedUntil']),
        ...(days < 0 ? {} : { severity: 'warn' as const }),
        evidence: {
          affected: whoUses(edges, id).map(user => ({
            id: user.id,
            known: user.edge.known,
            location: user.edge.source,
          })),
        },
      };
    }
  },
});
