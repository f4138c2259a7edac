/**
 * How far something is on its way out. OpenAPI knows only `deprecated: true`; the date stands in the metadata of the
 * contract or, as gateways and other comparison tools write it, beside it as `x-sunset`, with `x-stability-level` for
 * what is not promised yet.
 */
import { isCalendarDate } from '../lifecycle/index.ts';
import { type Contract, type Cursor, get } from '../model/index.ts';

export const STABILITIES = ['draft', 'alpha', 'beta', 'stable'] as const;
export type Stability = (typeof STABILITIES)[number];

export interface Retirement {
  readonly deprecated: boolean;
  /** `YYYY-MM-DD`; undefined where there is none, or none that is a day. */
  readonly sunset: string | undefined;
  readonly stability: Stability;
  /** Keys whose value says nothing: no day, no known level. */
  readonly unreadable: readonly string[];
}

/** What the thing says of itself: an operation, a parameter or a schema, anything that may carry `deprecated`. */
export function ownRetirement({ value }: Cursor): Retirement {
  const written = get(value, 'x-sunset');
  const level = get(value, 'x-stability-level');
  const sunset = dayOf(written);
  const stability = STABILITIES.find(known => known === level);
  return {
    deprecated: get(value, 'deprecated') === true,
    sunset,
    stability: stability ?? 'stable',
    unreadable: [
      ...(written !== undefined && sunset === undefined ? ['x-sunset'] : []),
      ...(level !== undefined && stability === undefined ? ['x-stability-level'] : []),
    ],
  };
}

/** What its metadata say of the whole contract. */
export function contractRetirement({ governance }: Contract): Retirement {
  const { status, sunsetDate } = governance?.lifecycle ?? {};
  return {
    deprecated: status === 'deprecated' || status === 'retired',
    sunset: sunsetDate !== undefined && isCalendarDate(sunsetDate) ? sunsetDate : undefined,
    stability: status === 'draft' ? 'draft' : 'stable',
    unreadable: [],
  };
}

/** What holds for a thing of a contract: what it says of itself goes before what holds for the whole. */
export function retirementOf(contract: Contract, cursor: Cursor): Retirement {
  const own = ownRetirement(cursor);
  const whole = contractRetirement(contract);
  return {
    ...own,
    deprecated: own.deprecated || whole.deprecated,
    sunset: own.sunset ?? (own.unreadable.length === 0 ? whole.sunset : undefined),
    stability: whole.stability === 'draft' ? 'draft' : own.stability,
  };
}

/** A day, or the day of an RFC 3339 time. */
function dayOf(written: unknown): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(?:[Tt ].*)?$/.exec(typeof written === 'string' ? written : '')?.[1];
  return day !== undefined && isCalendarDate(day) ? day : undefined;
}

/** Whether it may go on that day, and why. */
export function mayGo(
  retirement: Retirement,
  today: string,
): { readonly may: boolean | 'unannounced'; readonly why: string } {
  const { deprecated, sunset, stability } = retirement;
  if (stability === 'draft' || stability === 'alpha')
    return { may: true, why: `it was ${stability}, which promises nothing` };
  if (!deprecated) return { may: false, why: 'it was never deprecated' };
  if (sunset === undefined) return { may: 'unannounced', why: 'it was deprecated, but no sunset date was ever named' };
  if (sunset > today) return { may: false, why: `its sunset is only on ${sunset}` };
  return { may: true, why: `its sunset was ${sunset}` };
}
