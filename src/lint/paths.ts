/**
 * Spectral compiles the JSONPath expressions of all rules for each document anew, and what is new is not yet optimised by
 * the engine that runs it. They are the same for all documents of a format, so they are compiled once here.
 */
import { startupSnapshot } from 'node:v8';
import { Script } from 'node:vm';
import { Current, type Engine, type EngineClass, nimma } from './nimma.ts';

/** What the rules find in one document takes so long at most; then they are stopped by a {@link RulesTimeout}. */
const LIMIT_MS = 120_000;

/** The rules were still at work on a document after the time that they may take. */
export class RulesTimeout extends Error {
  override readonly name = 'RulesTimeout';
}

const MARK = Symbol('countersign: compiled once');

/** Once for a process: the package that Spectral uses is told to remember. */
export function rememberPaths(): void {
  if (!(MARK in nimma.default)) nimma.default = remembering();
}

function remembering(): EngineClass {
  const known = new Map<string, Engine>();
  // A constructor that gives back an object makes no other.
  function Remembered(expressions: readonly string[], options: object): Engine {
    const key = JSON.stringify(expressions);
    const engine = known.get(key) ?? bounded(new Current(expressions, options));
    known.set(key, engine);
    return engine;
  }
  return Object.assign(Remembered, { [MARK]: true }) as unknown as EngineClass;
}

/** Made when it is first run: a snapshot of the process can hold none. */
let script: Script | undefined;
const AT_WORK = Symbol.for('countersign: rules at work');

/** A pattern that backtracks, or a function that never ends, can only be stopped from without. */
export function bounded(engine: Engine, limitMs = LIMIT_MS): Engine {
  const surroundings = globalThis as { [AT_WORK]?: (() => void) | undefined };
  return {
    query(input, callbacks) {
      if (startupSnapshot.isBuildingSnapshot()) return engine.query(input, callbacks);
      script ??= new Script('globalThis[Symbol.for("countersign: rules at work")]()');
      const outer = surroundings[AT_WORK];
      surroundings[AT_WORK] = () => engine.query(input, callbacks);
      try {
        script.runInThisContext({ timeout: limitMs });
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause;
        throw new RulesTimeout(`the rules took over ${limitMs / 1000} seconds`, { cause });
      } finally {
        surroundings[AT_WORK] = outer;
      }
    },
  };
}
