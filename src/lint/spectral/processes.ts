/** An engine of other processes (engine-process.ts), which start in a fraction of the time that loading Spectral takes. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { RulesetError } from '../error.ts';
import type { OpenAnswer } from './engine-process.ts';
import type { OpenEngine } from './fleet.ts';
import { type DocumentResult, failed, type LintSetting, type Submission } from './types.ts';

/** What Node is called with: the first that starts is taken. */
export type Programs = readonly (readonly string[])[];

/** Starting a process pays off above so much work, in characters. */
const WORK_FOR_ANOTHER = 500_000;
/** More of them than this wait for the memory. */
const MOST = 4;
/** The rules stop themselves earlier (paths.ts); this is for all that surrounds them. */
const LIMIT_MS = 180_000;

export function openProcesses(programs: Programs): OpenEngine {
  return async (setting, work) => {
    const count = Math.min(MOST, availableParallelism(), Math.ceil(work / WORK_FOR_ANOTHER) || 1);
    const started = await Promise.all(Array.from({ length: count }, () => startProcess(programs, setting)));
    return {
      rules: started[0]!.rules,
      async lint(submissions, done) {
        const results: DocumentResult[] = [];
        const waiting = submissions.entries();
        const workers = started.map(async first => {
          let process: LintProcess | undefined = first;
          for (const [index, submission] of waiting) {
            process ??= await startProcess(programs, setting);
            const result = await process.lint(submission);
            if (!result) process = undefined;
            results[index] =
              result ?? failed(submission, 'the process that linted it has ended, or did not answer in time');
            done();
          }
          process?.end();
        });
        await Promise.all(workers);
        return results;
      },
    };
  };
}

interface LintProcess {
  readonly rules: Extract<OpenAnswer, { rules: unknown }>['rules'];
  /** Undefined where the process ended, or had to be ended, without an answer. */
  readonly lint: (submission: Submission) => Promise<DocumentResult | undefined>;
  readonly end: () => void;
}

async function startProcess([args, ...others]: Programs, setting: LintSetting): Promise<LintProcess> {
  if (!args) throw new Error('the process that lints does not start');
  // A ruleset may contain no code here, and the process sees nothing of our environment all the same.
  const child = spawn(process.execPath, args, { stdio: 'pipe', env: { NODE_ENV: 'production' } });
  const ask = conversation(child);
  const opened = (await ask(setting)) as OpenAnswer | undefined;
  if (!opened) return startProcess(others, setting);
  if ('problem' in opened) throw new RulesetError(opened.problem);
  return {
    rules: opened.rules,
    lint: submission => ask(submission) as Promise<DocumentResult | undefined>,
    end: () => child.stdin.end(),
  };
}

/** Line for line of JSON, one answer to each question. */
function conversation(child: ChildProcessWithoutNullStreams): (question: object) => Promise<object | undefined> {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stderr.resume();
  // What is written to a process that has ended is lost; that there is no answer says so.
  child.stdin.on('error', () => undefined);
  child.on('error', () => undefined);
  return async question => {
    const watchdog = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { done, value } = await lines.next();
    clearTimeout(watchdog);
    return done ? undefined : (JSON.parse(value) as object);
  };
}
