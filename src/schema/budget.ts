/** Bounds of work and memory, counted and not timed, so that the same question always ends in the same answer. */
export interface Limits {
  /** Elementary steps of one question. */
  readonly steps: number;
  /** Formulas, expressions and states that all questions of a comparison may keep. */
  readonly nodes: number;
  /** Nested calls, in schemas and in values. */
  readonly depth: number;
}

export const LIMITS: Limits = { steps: 2_000_000, nodes: 3_000_000, depth: 250 };

/** The question is larger than its bounds. */
export class Exhausted extends Error {
  override readonly name = 'Exhausted';
}

/** The schema says something that the algebra has no terms for, or is no schema at all. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

export interface Budget {
  /** Throws {@link Exhausted} when no steps are left, or when the caller's deadline has passed. */
  readonly step: (count?: number) => void;
  /** To be called for whatever is kept. */
  readonly node: () => void;
  /** Runs a nested call; throws where nesting is too deep. */
  readonly deeper: <T>(run: () => T) => T;
  /** Full steps for the next question; what is kept stays counted. */
  readonly refill: () => void;
  /** Runs with at most so many steps and gives back what is left. Undefined where they did not suffice. */
  readonly within: <T>(steps: number, run: () => T) => T | undefined;
}

/** Deadlines are looked at once in so many steps. */
const CHECK_EVERY = 1024;

/** `expired` is asked now and then: a caller that owns a clock can end a question early. */
export function createBudget(limits: Limits, expired: () => boolean = () => false): Budget {
  let steps = limits.steps;
  let nodes = limits.nodes;
  let depth = 0;
  let sinceCheck = 0;

  function step(count = 1): void {
    steps -= count;
    if (steps < 0) throw new Exhausted(`needs more than ${limits.steps} steps`);
    sinceCheck += count;
    if (sinceCheck < CHECK_EVERY) return;
    sinceCheck = 0;
    if (expired()) throw new Exhausted('its time is over');
  }

  return {
    step,
    node() {
      nodes -= 1;
      if (nodes < 0) throw new Exhausted(`keeps more than ${limits.nodes} nodes`);
      step();
    },
    deeper(run) {
      if (depth >= limits.depth) throw new Exhausted(`nests deeper than ${limits.depth} levels`);
      depth += 1;
      try {
        return run();
      } finally {
        depth -= 1;
      }
    },
    refill() {
      steps = limits.steps;
      depth = 0;
    },
    within(allowance, run) {
      const before = steps;
      const reserve = Math.max(0, before - allowance);
      steps = before - reserve;
      try {
        return run();
      } catch (error) {
        if (error instanceof Exhausted) return undefined;
        throw error;
      } finally {
        steps = Math.max(steps, 0) + reserve;
      }
    },
  };
}
