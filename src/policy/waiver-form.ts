import type { Entry, Waiver } from '../model/index.ts';
import { definePolicy } from './policy.ts';

/** Longer than this nobody remembers why. */
const MOST_DAYS = 730;

export default definePolicy({
  rule: {
    id: 'policy/waiver-form',
    severity: 'error',
    title: 'A waiver has no owner, begins in the future or lasts too long',
    policies: ['D6.22'],
    why: 'An exception is a debt with a date. Without a team that answers for it, or with a date beyond all plans, it is a change of the policy that nobody decided.',
    fix: 'Name a team of the estate as the owner, and an expiry within two years of the day on which it was granted; have it granted anew when that is over.',
  },
  *check({ estate, today }) {
    const teams = new Set(estate.teams.map(({ id }) => id));
    for (const entry of estate.waivers) {
      for (const { key, message } of faultsOf(entry, teams, today)) {
        yield { subject: entry.id, message, facts: { key }, location: entry.file.locate([key]) };
      }
    }
  },
});

function* faultsOf(
  { value }: Entry<Waiver>,
  teams: ReadonlySet<string>,
  today: string,
): Iterable<{ key: keyof Waiver; message: string }> {
  if (!teams.has(value.owner)) yield { key: 'owner', message: `its owner ${value.owner} is no team of the estate` };
  if (value.granted > today)
    yield { key: 'granted', message: `it is granted on ${value.granted}, which is in the future` };
  const days = Math.round((Date.parse(value.expires) - Date.parse(value.granted)) / 86_400_000);
  if (days > MOST_DAYS) yield { key: 'expires', message: `it lasts for ${days} days; ${MOST_DAYS} are the most` };
  if (days < 0) yield { key: 'expires', message: `it expires on ${value.expires}, before it is granted` };
}
