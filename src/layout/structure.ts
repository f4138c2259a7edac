/** Where in the structure the next record stands, and what is missing before it. */
import { type ControlFault, type Passing, type Tally, tallyOf } from './controls.ts';
import type { NodePlan, RecordPlan } from './plan.ts';

/** An occurrence of a group that is being read. */
interface Frame {
  readonly node: NodePlan;
  /** Which node of its content was last met, and how often in a row. */
  at: number;
  count: number;
  /** How often each node of its content has occurred: the indices of the data. */
  readonly occurrences: number[];
  readonly tallies: readonly Tally[];
}

export interface Placement {
  readonly record: RecordPlan;
  /** Names of the nodes from the top, and which occurrence of each. */
  readonly path: readonly string[];
  readonly at: readonly number[];
  /** Nodes that should have come first. */
  readonly missing: readonly NodePlan[];
  /** The node that has occurred too often. */
  readonly excess: NodePlan | undefined;
  /** Of the groups that ended here. */
  readonly faults: readonly ControlFault[];
}

export interface Course {
  /** Moves on to the next record, which may be one of several kinds; undefined where none of them has a place. */
  readonly place: (candidates: readonly RecordPlan[]) => Placement | undefined;
  /** The controls take note of a record that was placed, or of one that was not. */
  readonly pass: (passing: Passing) => readonly ControlFault[];
  readonly passUnknown: () => void;
  readonly end: () => { readonly missing: readonly NodePlan[]; readonly faults: readonly ControlFault[] };
}

/** A way to a record: at which node of a frame’s content, and from there down. */
interface Way {
  readonly depth: number;
  readonly record: RecordPlan;
  readonly index: number;
  readonly entry: Entry;
  readonly missing: readonly NodePlan[];
  readonly excess: NodePlan | undefined;
  readonly cost: number;
}

/** How a node begins with a record: at which child, and its child, and so on. */
interface Entry {
  readonly steps: readonly number[];
  readonly missing: readonly NodePlan[];
}

const NO_FAULTS: readonly ControlFault[] = [];

export function courseOf(root: NodePlan): Course {
  const frames: Frame[] = [frameOf(root)];
  const entries = new Map<NodePlan, Map<RecordPlan, Entry | undefined>>();

  const enter = (node: NodePlan, record: RecordPlan): Entry | undefined => {
    if (node.record) return node.record === record ? { steps: [], missing: [] } : undefined;
    const known = entries.get(node) ?? new Map<RecordPlan, Entry | undefined>();
    entries.set(node, known);
    if (known.has(record)) return known.get(record);
    let best: Entry | undefined;
    const missing: NodePlan[] = [];
    for (const [index, child] of node.content.entries()) {
      const inner = enter(child, record);
      if (inner && (!best || missing.length + inner.missing.length < best.missing.length)) {
        best = { steps: [index, ...inner.steps], missing: [...missing, ...inner.missing] };
      }
      if (child.min > 0) missing.push(child);
    }
    known.set(record, best);
    return best;
  };

  /** The cheapest way, and of those the innermost: one too many costs more than one that is missing. */
  const find = (candidates: readonly RecordPlan[]): Way | undefined => {
    let best: Way | undefined;
    const left: NodePlan[] = [];
    for (let depth = frames.length - 1; depth >= 0; depth -= 1) {
      const frame = frames[depth]!;
      for (const record of candidates) {
        const skipped: NodePlan[] = [];
        for (let index = frame.at; index < frame.node.content.length; index += 1) {
          const node = frame.node.content[index]!;
          const entry = enter(node, record);
          const excess = index === frame.at && frame.count >= node.max ? node : undefined;
          // A group that repeats begins with its first record: without, everything out of place would begin another.
          const isRepeat = index === frame.at && frame.count > 0 && !node.record;
          if (entry && !(isRepeat && entry.steps.some(step => step > 0))) {
            const missing = [...left, ...skipped, ...entry.missing];
            const cost = missing.length + (excess ? 1.5 : 0);
            if (!best || cost < best.cost) best = { depth, record, index, entry, missing, excess, cost };
            if (best.cost === 0) return best;
          }
          const met = index === frame.at ? frame.count : 0;
          if (met < node.min) skipped.push(node);
        }
      }
      left.push(...stillMissing(frame));
    }
    return best;
  };

  const close = (depth: number): ControlFault[] => {
    const faults: ControlFault[] = [];
    while (frames.length > depth) {
      for (const tally of frames.pop()!.tallies) faults.push(...tally.end());
    }
    return faults;
  };

  const step = (frame: Frame, index: number): void => {
    frame.count = index === frame.at ? frame.count + 1 : 1;
    frame.at = index;
    frame.occurrences[index]! += 1;
  };

  /** Most records follow one of their own kind. */
  const same = (candidates: readonly RecordPlan[]): RecordPlan | undefined => {
    const frame = frames.at(-1)!;
    const node = frame.node.content[frame.at];
    if (!node?.record || candidates.length !== 1 || node.record !== candidates[0] || frame.count >= node.max)
      return undefined;
    step(frame, frame.at);
    return node.record;
  };

  const placement = (record: RecordPlan, rest: Pick<Placement, 'missing' | 'excess' | 'faults'>): Placement => {
    const inner = frames.at(-1)!;
    const at = frames.map(frame => frame.occurrences[frame.at]! - 1);
    return { record, path: inner.node.content[inner.at]!.path, at, ...rest };
  };

  return {
    place(candidates) {
      const again = same(candidates);
      if (again) return placement(again, { missing: [], excess: undefined, faults: NO_FAULTS });
      const way = find(candidates);
      if (!way) return undefined;
      const faults = close(way.depth + 1);
      let frame = frames.at(-1)!;
      step(frame, way.index);
      for (const index of way.entry.steps) {
        frame = frameOf(frame.node.content[frame.at]!);
        frames.push(frame);
        step(frame, index);
      }
      return placement(way.record, { missing: way.missing, excess: way.excess, faults });
    },
    pass(passing) {
      let faults = NO_FAULTS;
      for (const frame of frames) {
        for (const tally of frame.tallies) {
          const own = tally.pass(passing);
          if (own.length > 0) faults = [...faults, ...own];
        }
      }
      return faults;
    },
    passUnknown() {
      for (const frame of frames) for (const tally of frame.tallies) tally.passUnknown();
    },
    end() {
      const missing = frames.toReversed().flatMap(frame => stillMissing(frame));
      return { missing, faults: close(0) };
    },
  };
}

function frameOf(node: NodePlan): Frame {
  return {
    node,
    at: 0,
    count: 0,
    occurrences: node.content.map(() => 0),
    tallies: node.controls.map(tallyOf),
  };
}

/** What must still come before the group may end. */
function stillMissing({ node, at, count }: Frame): NodePlan[] {
  return node.content.filter((child, index) => index >= at && (index === at ? count : 0) < child.min);
}
