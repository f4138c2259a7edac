/** The thread that the main job uses beside its own (second-thread-worker.ts). */
import { type OpenRuleset, type OpenRulesetOf, RulesetError } from '../lint/index.ts';
import type { LintResult, LintWork } from '../lint/work.ts';
import type { OpenDiagnosis } from '../load/documents.ts';
import type { Diagnostic, Submission } from '../load/specification.ts';
import { startThread, type Thread } from '../load/thread.ts';
import type { Rule } from '../model/index.ts';

export interface RulesetName {
  readonly root: string;
  readonly name: string;
}
export type Question =
  | { readonly open: RulesetName }
  | { readonly lint: LintWork; readonly with: RulesetName }
  /** Text by path: all that the references of documents may lead to. */
  | { readonly files: ReadonlyMap<string, string> }
  | { readonly diagnose: Submission };
export type Answer = Opened | readonly LintResult[] | readonly Diagnostic[] | undefined;
type Opened = { readonly rules: readonly Rule[] } | { readonly problem: string };

/** Both give nothing where the program runs from source: then everything is done in one thread. */
export interface SecondThread {
  readonly openRuleset: OpenRulesetOf;
  readonly openDiagnosis: OpenDiagnosis;
}

/**
 * The thread is started when something must be done by it; where it `isNeeded`, as with no results of an earlier run,
 * now: its libraries take a second to load, which they can while the estate is read.
 */
export function prepareSecondThread({ isNeeded }: { readonly isNeeded: boolean }): SecondThread {
  let started: Promise<Thread<Question, Answer> | undefined> | undefined;
  const start = () => {
    started ??= startThread<Question, Answer>(new URL('./second-thread-worker.js', import.meta.url));
    return started;
  };
  if (isNeeded) void start();
  return {
    openRuleset: async (root, name) => {
      const thread = await start();
      return thread && openIn(thread, { root, name });
    },
    openDiagnosis: async files => {
      const thread = await start();
      if (!thread) return undefined;
      void thread.ask({ files });
      return {
        diagnose: submission => thread.ask({ diagnose: submission }) as Promise<readonly Diagnostic[]>,
        end: thread.end,
      };
    },
  };
}

async function openIn(thread: Thread<Question, Answer>, ruleset: RulesetName): Promise<OpenRuleset> {
  const answer = (await thread.ask({ open: ruleset })) as Opened;
  if ('problem' in answer) throw new RulesetError(answer.problem);
  const opened: OpenRuleset = {
    name: ruleset.name,
    rules: new Map(answer.rules.map(rule => [rule.id, rule])),
    identity: undefined,
    open: async () => opened,
    lint: work => thread.ask({ lint: work, with: ruleset }) as Promise<readonly LintResult[]>,
  };
  return opened;
}
