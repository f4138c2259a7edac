/**
 * Places for a picture in columns, after Sugiyama: a line that passes a column gets a place of its own there, each
 * column is ordered by the mean place of its neighbours, and heights are evened out. Nothing is random.
 */
export interface Box {
  readonly id: string;
  readonly column: number;
  readonly height: number;
}

export interface Line {
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Left edge of each column, in the order given. */
  readonly columns: readonly number[];
  /** Top left corner of each box. */
  readonly boxes: ReadonlyMap<string, Point>;
  /** For each line, its SVG path. */
  readonly paths: readonly string[];
}

export interface Measures {
  readonly boxWidth: number;
  readonly columnGap: number;
  readonly rowGap: number;
}

interface Slot {
  readonly id: string;
  readonly height: number;
  readonly isBox: boolean;
  y: number;
}

const LANE = 10;
const SWEEPS = 12;
const STARTS = 8;

export function layOut(boxes: readonly Box[], lines: readonly Line[], measures: Measures): Layout {
  const { boxWidth, columnGap, rowGap } = measures;
  const count = Math.max(0, ...boxes.map(({ column }) => column + 1));
  const columns = Array.from({ length: count }, (_, column): Slot[] =>
    boxes.filter(box => box.column === column).map(({ id, height }) => ({ id, height, isBox: true, y: 0 })),
  );
  const columnOf = new Map(boxes.map(({ id, column }) => [id, column]));
  const routes = lines.map((line, index) => routeOf(line, index, columnOf, columns));
  const neighbours = neighboursOf(routes);
  untangle(columns, routes, neighbours);
  for (const slots of columns) stack(slots, rowGap);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const order = sweep % 2 === 0 ? columns : [...columns].reverse();
    for (const slots of order) settle(slots, neighbours, columns, rowGap);
  }

  const all = columns.flat();
  const top = Math.min(0, ...all.map(({ y }) => y));
  for (const slot of all) slot.y = Math.round(slot.y - top);
  const height = Math.max(0, ...all.map(slot => slot.y + slot.height));
  const xs = columns.map((_, column) => column * (boxWidth + columnGap));
  const slotOf = new Map(all.map(slot => [slot.id, slot]));
  return {
    width: count === 0 ? 0 : count * boxWidth + (count - 1) * columnGap,
    height,
    columns: xs,
    boxes: new Map(boxes.map(({ id, column }) => [id, { x: xs[column]!, y: slotOf.get(id)!.y }])),
    paths: pathsOf(routes, slotOf, columnOf, xs, measures),
  };
}

/** The line's stops, with a new slot in each column that it passes. */
function routeOf(line: Line, index: number, columnOf: ReadonlyMap<string, number>, columns: readonly Slot[][]) {
  const [start, end] = [columnOf.get(line.from)!, columnOf.get(line.to)!];
  const step = end > start ? 1 : -1;
  const stops = [line.from];
  for (let column = start + step; start !== end && column !== end; column += step) {
    const id = `${index} in ${column}`;
    columns[column]!.push({ id, height: LANE, isBox: false, y: 0 });
    stops.push(id);
  }
  return [...stops, line.to];
}

function neighboursOf(routes: readonly (readonly string[])[]): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (a: string, b: string) => found.set(a, [...(found.get(a) ?? []), b]);
  for (const stops of routes) {
    for (const [index, stop] of stops.entries()) {
      const next = stops[index + 1];
      if (next === undefined) continue;
      add(stop, next);
      add(next, stop);
    }
  }
  return found;
}

function stack(slots: readonly Slot[], gap: number): void {
  let y = 0;
  for (const slot of slots) {
    slot.y = y;
    y += slot.height + gap;
  }
}

const middle = ({ y, height }: Slot) => y + height / 2;

/**
 * Orders the columns by their neighbours, again and again from several starts, and keeps the order in which the fewest
 * lines cross.
 */
function untangle(
  columns: Slot[][],
  routes: readonly (readonly string[])[],
  neighbours: ReadonlyMap<string, string[]>,
): void {
  const pairs = routes.flatMap(stops => stops.slice(1).map((stop, index) => [stops[index]!, stop] as const));
  const given = columns.map(slots => [...slots]);
  const arrange = (order: readonly (readonly Slot[])[]) => {
    for (const [column, slots] of columns.entries()) slots.splice(0, slots.length, ...order[column]!);
  };
  let best = { crossings: crossingsIn(columns, pairs), order: given };
  for (let start = 0; start < STARTS && best.crossings > 0; start += 1) {
    arrange(given.map((slots, column) => turned(slots, start * (column + 1))));
    for (let sweep = 0; sweep < SWEEPS && best.crossings > 0; sweep += 1) {
      const towards = sweep % 2 === 0 ? -1 : 1;
      const order = towards < 0 ? columns : [...columns].reverse();
      for (const slots of order) sortByNeighbours(slots, towards, neighbours, placesIn(columns));
      // Swaps that change nothing lead away from orders that no single swap improves.
      for (const slots of order) swapNeighbours(slots, columns, pairs, sweep % 3 === 0);
      const crossings = crossingsIn(columns, pairs);
      if (crossings < best.crossings) best = { crossings, order: columns.map(slots => [...slots]) };
    }
  }
  arrange(best.order);
}

function turned<T>(items: readonly T[], by: number): T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  const rotated = [...items.slice(at), ...items.slice(0, at)];
  return by % 2 === 0 ? rotated : rotated.reverse();
}

interface Place {
  readonly column: number;
  /** From 0 at the top to 1 at the bottom. */
  readonly share: number;
}

function placesIn(columns: readonly Slot[][]): ReadonlyMap<string, Place> {
  return new Map(
    columns.flatMap((slots, column) =>
      slots.map(({ id }, index) => [id, { column, share: (index + 0.5) / slots.length }] as const),
    ),
  );
}

/** By the neighbours on one side: before the column where `towards` is -1, behind it where it is 1. */
function sortByNeighbours(
  slots: Slot[],
  towards: -1 | 1,
  neighbours: ReadonlyMap<string, string[]>,
  places: ReadonlyMap<string, Place>,
): void {
  const wished = new Map(
    slots.map(({ id }) => {
      const own = places.get(id)!;
      const others = (neighbours.get(id) ?? [])
        .map(other => places.get(other)!)
        .filter(each => (each.column - own.column) * towards > 0);
      const mean = others.reduce((sum, { share }) => sum + share, 0) / others.length;
      return [id, others.length === 0 ? own.share : mean];
    }),
  );
  slots.sort((a, b) => wished.get(a.id)! - wished.get(b.id)!);
}

/** Beyond this many lines, trying every swap would take longer than it is worth. */
const FEW = 120;

function swapNeighbours(
  slots: Slot[],
  columns: readonly Slot[][],
  pairs: readonly (readonly [string, string])[],
  isLenient: boolean,
): void {
  if (pairs.length > FEW) return;
  for (let index = 1; index < slots.length; index += 1) {
    const before = crossingsIn(columns, pairs);
    const swap = () => slots.splice(index - 1, 2, slots[index]!, slots[index - 1]!);
    swap();
    const after = crossingsIn(columns, pairs);
    if (isLenient ? after > before : after >= before) swap();
  }
}

/**
 * Lines between the same two columns cross where their ends stand in opposite order; a line within a column is in the
 * way of whatever stands between its ends.
 */
function crossingsIn(columns: readonly Slot[][], pairs: readonly (readonly [string, string])[]): number {
  const places = placesIn(columns);
  const lines = pairs.map(([from, to]) => {
    const [a, b] = [places.get(from)!, places.get(to)!];
    return a.column < b.column ? ([a, b] as const) : ([b, a] as const);
  });
  let count = 0;
  for (const [index, [left, right]] of lines.entries()) {
    if (left.column === right.column) {
      count += Math.round(Math.abs(left.share - right.share) * columns[left.column]!.length) - 1;
      continue;
    }
    for (const [otherLeft, otherRight] of lines.slice(index + 1)) {
      if (left.column !== otherLeft.column || right.column !== otherRight.column || left.column === right.column)
        continue;
      if ((left.share - otherLeft.share) * (right.share - otherRight.share) < 0) count += 1;
    }
  }
  return count;
}

/** Moves each slot of a column as close to its neighbours as the others allow; the order stays. */
function settle(
  slots: readonly Slot[],
  neighbours: ReadonlyMap<string, string[]>,
  columns: readonly Slot[][],
  gap: number,
): void {
  const slotOf = new Map(columns.flat().map(slot => [slot.id, slot]));
  const wished = new Map(
    slots.map(slot => {
      const others = (neighbours.get(slot.id) ?? []).map(id => slotOf.get(id)!).filter(other => !slots.includes(other));
      const mean = others.reduce((sum, other) => sum + middle(other), 0) / others.length;
      return [slot, others.length === 0 ? slot.y : mean - slot.height / 2];
    }),
  );
  const space = (a: Slot, b: Slot) => (a.isBox || b.isBox ? gap : 4);
  // Down from the top, then up from the bottom: the mean of both keeps order and distances.
  const down: number[] = [];
  for (const [index, slot] of slots.entries()) {
    const above = slots[index - 1];
    const least = above ? down[index - 1]! + above.height + space(above, slot) : Number.NEGATIVE_INFINITY;
    down.push(Math.max(wished.get(slot)!, least));
  }
  const up: number[] = [];
  for (const [index, slot] of [...slots.entries()].reverse()) {
    const below = slots[index + 1];
    const most = below ? up[index + 1]! - slot.height - space(slot, below) : Number.POSITIVE_INFINITY;
    up[index] = Math.min(wished.get(slot)!, most);
  }
  for (const [index, slot] of slots.entries()) slot.y = (down[index]! + up[index]!) / 2;
}

function pathsOf(
  routes: readonly (readonly string[])[],
  slotOf: ReadonlyMap<string, Slot>,
  columnOf: ReadonlyMap<string, number>,
  xs: readonly number[],
  { boxWidth, columnGap }: Measures,
): string[] {
  const ports = portsOf(routes, slotOf, columnOf);
  return routes.map((stops, index) => {
    const [first, last] = [stops[0]!, stops.at(-1)!];
    const [start, end] = [columnOf.get(first)!, columnOf.get(last)!];
    const from = ports.get(`${index} ${first}`)!;
    const to = ports.get(`${index} ${last}`)!;
    if (start === end) {
      const x = xs[start]! + boxWidth;
      const out = x + columnGap * 0.55;
      return `M${x} ${from} C${out} ${from} ${out} ${to} ${x} ${to}`;
    }
    const forwards = end > start;
    const [near, far] = forwards ? [0, boxWidth] : [boxWidth, 0];
    let x = xs[start]! + far;
    let path = `M${x} ${from}`;
    let y = from;
    for (const [step, stop] of stops.slice(1).entries()) {
      const column = start + (forwards ? step + 1 : -(step + 1));
      const nextX = xs[column]! + near;
      const nextY = stop === last ? to : Math.round(middle(slotOf.get(stop)!));
      const half = Math.round((x + nextX) / 2);
      path += ` C${half} ${y} ${half} ${nextY} ${nextX} ${nextY}`;
      [x, y] = [nextX, nextY];
      if (stop === last) continue;
      x = xs[column]! + far;
      path += ` H${x}`;
    }
    return path;
  });
}

/** Lines that meet a box on one side are spread along it, in the order of where they come from. */
function portsOf(
  routes: readonly (readonly string[])[],
  slotOf: ReadonlyMap<string, Slot>,
  columnOf: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const sides = new Map<string, { key: string; box: Slot; towards: number }[]>();
  for (const [index, stops] of routes.entries()) {
    const ends = [
      [stops[0]!, stops[1]!],
      [stops.at(-1)!, stops.at(-2)!],
    ] as const;
    const isForwards = columnOf.get(stops.at(-1)!)! >= columnOf.get(stops[0]!)!;
    const isLoop = columnOf.get(stops[0]!) === columnOf.get(stops.at(-1)!);
    for (const [end, [stop, next]] of ends.entries()) {
      const side = isLoop || isForwards === (end === 0) ? 'right' : 'left';
      const key = `${stop} ${side}`;
      const port = { key: `${index} ${stop}`, box: slotOf.get(stop)!, towards: middle(slotOf.get(next)!) };
      sides.set(key, [...(sides.get(key) ?? []), port]);
    }
  }
  const found = new Map<string, number>();
  for (const ports of sides.values()) {
    const sorted = [...ports].sort((a, b) => a.towards - b.towards);
    for (const [index, { key, box }] of sorted.entries()) {
      found.set(key, Math.round(box.y + (box.height * (index + 1)) / (sorted.length + 1)));
    }
  }
  return found;
}
