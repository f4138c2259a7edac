import type { Contract, Governance } from '../model/index.ts';
import { definePolicy } from './policy.ts';

type Sync = NonNullable<Governance['sync']>;

/** What kinds of contract a pattern can be, and how old what it carries is at best, in seconds (D5). */
const PATTERNS: Readonly<Record<Sync['pattern'], { kinds: readonly Contract['kind'][]; atBest: number }>> = {
  'request-response': { kinds: ['api', 'event'], atBest: 0 },
  'event-driven': { kinds: ['event', 'api'], atBest: 1 },
  workflow: { kinds: ['workflow', 'api'], atBest: 0 },
  batch: { kinds: ['file', 'api'], atBest: 3600 },
  file: { kinds: ['file'], atBest: 900 },
  edi: { kinds: ['file'], atBest: 900 },
};

export default definePolicy({
  rule: {
    id: 'policy/sync-pattern',
    severity: 'error',
    title: 'The synchronisation pattern does not fit what is needed',
    policies: ['D6.15', 'D6.18'],
    why: 'A nightly file cannot tell a portal what was paid an hour ago, and a call for each of a million prices takes the quota of the whole day. The pattern follows from how old the data may be.',
    fix: 'Choose a pattern that is fast enough, or correct `sync.tolerates` if the business can wait for longer.',
  },
  *check({ estate }) {
    for (const { id, kind, governance, file } of estate.contracts) {
      const sync = governance?.sync;
      if (!sync) continue;
      for (const { fault, at } of faultsOf(kind, sync, governance)) {
        yield {
          subject: id,
          message: fault,
          facts: { pattern: sync.pattern, at },
          location: file.locate(['x-governance', 'sync', at]),
        };
      }
    }
  },
});

function* faultsOf(kind: Contract['kind'], sync: Sync, { slo }: Governance): Iterable<{ fault: string; at: string }> {
  const { kinds, atBest } = PATTERNS[sync.pattern];
  if (!kinds.includes(kind)) yield { fault: `is of the kind ${kind}, which cannot be ${sync.pattern}`, at: 'pattern' };
  if (sync.tolerates === undefined) {
    yield { fault: 'does not state how old what it carries may be: add sync.tolerates', at: 'tolerates' };
    return;
  }
  const tolerated = secondsOf(sync.tolerates);
  const promised = slo?.latency === undefined ? 0 : slo.latency.p95Ms / 1000;
  if (atBest > tolerated) {
    yield {
      fault: `may be ${sync.tolerates} old at most, and ${sync.pattern} takes ${atBest} s at best`,
      at: 'tolerates',
    };
  } else if (promised > tolerated) {
    yield {
      fault: `may be ${sync.tolerates} old at most, and its service level allows ${promised} s`,
      at: 'tolerates',
    };
  }
}

/** Seconds of an ISO 8601 duration of days, hours, minutes and seconds; the schema of the metadata has checked its form. */
function secondsOf(duration: string): number {
  const [, days, hours, minutes, seconds] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? [];
  return Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}
