/** Deprecations on one axis: since when, until when, and where today stands. */
import { daysBetween, isCalendarDate } from '../lifecycle/index.ts';
import type { DeprecationView } from './view.ts';

const WIDTH = 1000;
const MARGIN = 12;
const TOP = 34;
const ROW = 46;

/** Nothing where no deprecation has dates. */
export function Timeline({ deprecations, today }: { deprecations: readonly DeprecationView[]; today: string }) {
  const dated = deprecations.flatMap(each => {
    const { since, until } = each;
    const isDated = since !== undefined && isCalendarDate(since) && (until === undefined || isCalendarDate(until));
    return isDated && (until === undefined || until >= since) ? [{ ...each, since }] : [];
  });
  if (dated.length === 0 || !isCalendarDate(today)) return null;
  const days = [today, ...dated.flatMap(({ since, until }) => [since, ...(until === undefined ? [] : [until])])].sort();
  const [first, last] = [`${days[0]!.slice(0, 4)}-01-01`, `${Number(days.at(-1)!.slice(0, 4)) + 1}-01-01`];
  const total = daysBetween(first, last);
  const x = (day: string) => Math.round(MARGIN + (daysBetween(first, day) / total) * (WIDTH - 2 * MARGIN));
  const height = TOP + dated.length * ROW + 8;
  const years = Array.from(
    { length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1 },
    (_, index) => Number(first.slice(0, 4)) + index,
  );
  const step = Math.ceil(years.length / 12);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls, and there are none
    <div class="scroll picture" role="group" tabIndex={0} aria-label="Timeline of the deprecations">
      <svg
        class="timeline"
        viewBox={`0 0 ${WIDTH} ${height}`}
        width={WIDTH}
        height={height}
        role="img"
        aria-labelledby="timeline-title"
      >
        <title id="timeline-title">Timeline of the deprecations; the table below has the same dates</title>
        {years
          .filter((_, index) => index % step === 0)
          .map(year => {
            const at = x(`${year}-01-01`);
            return (
              <g key={year}>
                <line class="tick" x1={at} x2={at} y1={20} y2={height} />
                <text
                  class="year"
                  x={at === WIDTH - MARGIN ? at - 4 : at + 4}
                  y={14}
                  text-anchor={at === WIDTH - MARGIN ? 'end' : 'start'}
                >
                  {year}
                </text>
              </g>
            );
          })}
        <line class="today" x1={x(today)} x2={x(today)} y1={20} y2={height} />
        {dated.map(({ id, name, since, until, daysLeft }, index) => {
          const y = TOP + index * ROW;
          const [from, to] = [x(since), until === undefined ? WIDTH - MARGIN : x(until)];
          const now = Math.min(Math.max(x(today), from), to);
          const left =
            daysLeft === undefined ? 'no sunset stated' : daysLeft < 0 ? 'sunset has passed' : `${daysLeft} days left`;
          // A label that would leave the picture ends at its right edge instead.
          const atEnd = from > WIDTH * 0.6;
          return (
            <g key={id}>
              <rect class="bar" x={from} y={y + 18} width={Math.max(to - from, 2)} height={14} rx={7} />
              <rect class="bar gone" x={from} y={y + 18} width={Math.max(now - from, 0)} height={14} rx={7} />
              <text x={atEnd ? WIDTH - MARGIN : from} y={y + 12} text-anchor={atEnd ? 'end' : 'start'}>
                {`${name} · ${left}`}
              </text>
            </g>
          );
        })}
        <text class="today" x={x(today) + 4} y={28}>
          today
        </text>
      </svg>
    </div>
  );
}
