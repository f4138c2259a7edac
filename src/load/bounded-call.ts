/** Calls of code that others' schemas steer, and that may take longer than anyone waits. */
import { createContext, Script } from 'node:vm';

const sandbox: { run?: () => unknown } = createContext({});
const script = new Script('run()');

/** Throws where the call is still at work after so many milliseconds; it must not await anything. */
export function boundedCall<T>(run: () => T, limitMs: number): T {
  sandbox.run = run;
  try {
    return script.runInContext(sandbox, { timeout: limitMs }) as T;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause;
    throw new Error(`it takes more than ${limitMs} ms`, { cause });
  }
}
