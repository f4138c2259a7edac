/** Versions on their way out: whether their dates make sense, and who is still there. */
import { whoUses } from '../graph/index.ts';
import {
  type Affected,
  type Contract,
  compareText,
  type Edge,
  type Estate,
  type Finding,
  finding,
  type Lifecycle,
} from '../model/index.ts';
import { daysBetween, isCalendarDate } from './dates.ts';
import rule from './rules.ts';

export interface LifecycleOptions {
  /** Today, `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** Least number of days between deprecation and sunset. */
  readonly noticeDays: number;
}

export interface Deprecation {
  readonly id: string;
  readonly title: string;
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** Days until the sunset; negative once it has passed. */
  readonly daysLeft: number | undefined;
  readonly successors: readonly string[];
  /** Ids of the consumers that are known to use it. */
  readonly consumers: readonly string[];
}

/** What is deprecated or retired, by sunset. */
export function deprecationsOf(estate: Estate, edges: readonly Edge[], today: string): Deprecation[] {
  return estate.contracts
    .filter(({ governance }) => isOnItsWayOut(governance?.lifecycle))
    .map(contract => {
      const { deprecationDate, sunsetDate, successors } = contract.governance!.lifecycle!;
      return {
        id: contract.id,
        title: `${contract.title} ${contract.version}`,
        since: deprecationDate,
        until: sunsetDate,
        daysLeft: sunsetDate === undefined ? undefined : daysBetween(today, sunsetDate),
        successors: successors ?? [],
        consumers: remainingConsumers(contract, edges).map(({ id }) => id),
      };
    })
    .sort((a, b) => (a.daysLeft ?? Number.POSITIVE_INFINITY) - (b.daysLeft ?? Number.POSITIVE_INFINITY));
}

function isOnItsWayOut(lifecycle: Lifecycle | undefined): boolean {
  return lifecycle?.status === 'deprecated' || lifecycle?.status === 'retired';
}

function remainingConsumers(contract: Contract, edges: readonly Edge[]): Affected[] {
  const users = whoUses(edges, contract.id).filter(({ id }) => id.startsWith('consumer:'));
  return users
    .map(({ id, edge }) => ({ id, known: edge.known, location: edge.source }))
    .sort((a, b) => compareText(a.id, b.id));
}

export function inspectLifecycle(estate: Estate, edges: readonly Edge[], options: LifecycleOptions): Finding[] {
  return estate.contracts.flatMap(contract => [...inspectContract(contract, edges, options)]);
}

function* inspectContract(contract: Contract, edges: readonly Edge[], options: LifecycleOptions): Iterable<Finding> {
  const lifecycle = contract.governance?.lifecycle;
  if (!lifecycle) return;
  const { deprecationDate: since, sunsetDate: until, status } = lifecycle;
  const at = (key: keyof Lifecycle) => contract.file.locate(['x-governance', 'lifecycle', key]);
  const subject = contract.id;

  for (const key of ['deprecationDate', 'sunsetDate'] as const) {
    const date = lifecycle[key];
    if (date === undefined || isCalendarDate(date)) continue;
    yield finding(rule.invalidDate, {
      subject,
      message: `${key} ${date} is no day of the calendar`,
      facts: { key },
      location: at(key),
    });
    return;
  }
  if (since !== undefined && until !== undefined && until < since) {
    const message = `sunset ${until} lies before deprecation ${since}`;
    yield finding(rule.sunsetBeforeDeprecation, { subject, message, location: at('sunsetDate') });
  } else if (since !== undefined && until !== undefined && daysBetween(since, until) < options.noticeDays) {
    const message = `${daysBetween(since, until)} days from deprecation ${since} to sunset ${until}; the policy asks for ${options.noticeDays}`;
    yield finding(rule.noticeTooShort, { subject, message, location: at('sunsetDate') });
  }
  if (since !== undefined && since <= options.today && status === 'active') {
    const message = `deprecated since ${since}, but the status is active`;
    yield finding(rule.datesWithoutStatus, { subject, message, location: at('status') });
  }
  if (until !== undefined && until < options.today && status !== 'retired') {
    const consumers = remainingConsumers(contract, edges);
    const rest = consumers.length === 0 ? 'no known consumer is left' : `${consumers.length} known consumers are left`;
    const message = `its sunset was ${until}, ${daysBetween(until, options.today)} days ago; ${rest}`;
    yield finding(rule.sunsetPassed, {
      subject,
      message,
      location: at('sunsetDate'),
      evidence: { affected: consumers },
    });
  }
  if (status !== 'retired') return;
  const consumers = remainingConsumers(contract, edges);
  if (consumers.length > 0) {
    const message = `retired, but still used by ${consumers.map(({ id }) => id).join(', ')}`;
    yield finding(rule.retiredInUse, { subject, message, location: at('status'), evidence: { affected: consumers } });
  }
}
