/** Calls of code that others' schemas and patterns steer, and that may take longer than anyone waits. */
import { createContext, Script } from 'node:vm';

/** A call was still at work after the time it may take. */
export class CallTimeout extends Error {
  override readonly name = 'CallTimeout';
}

interface Watchdog {
  readonly sandbox: { run?: () => unknown };
  readonly script: Script;
}

/** Made when it is first needed: a process that has one cannot become an image (src/lint/spectral/snapshot.ts). */
let watchdog: Watchdog | undefined;

/** Throws a {@link CallTimeout} where the call is still at work after so many milliseconds; it must not await anything. */
export function boundedCall<T>(run: () => T, limitMs: number): T {
  watchdog ??= { sandbox: createContext({}), script: new Script('run()') };
  const { sandbox, script } = watchdog;
  sandbox.run = run;
  try {
    return script.runInContext(sandbox, { timeout: limitMs }) as T;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause;
    throw new CallTimeout(`it takes more than ${limitMs} ms`, { cause });
  }
}
