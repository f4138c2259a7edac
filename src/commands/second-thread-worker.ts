/**
 * A thread that lints and validates what it is sent: two things that need the same libraries, which take a second to load,
 * while the main thread does all the rest. One question after the other, so that it is known what takes so long.
 */
import { parentPort } from 'node:worker_threads';
import { openRuleset } from '../lint/engine.ts';
import { type OpenRuleset, RulesetError } from '../lint/index.ts';
import { diagnose } from '../load/specification.ts';
import type { Numbered } from '../load/thread.ts';
import type { Answer, Question, RulesetName } from './second-thread.ts';

const opened = new Map<string, Promise<OpenRuleset>>();
let files: ReadonlyMap<string, string> = new Map();

function open({ root, name }: RulesetName): Promise<OpenRuleset> {
  const key = `${root}\n${name}`;
  const ruleset = opened.get(key) ?? openRuleset(root, name);
  opened.set(key, ruleset);
  return ruleset;
}

async function answerTo(question: Question): Promise<Answer> {
  if ('lint' in question) return (await open(question.with)).lint(question.lint);
  if ('diagnose' in question) return diagnose(question.diagnose, files);
  if ('files' in question) {
    files = question.files;
    return undefined;
  }
  try {
    return { rules: [...(await open(question.open)).rules.values()] };
  } catch (cause) {
    if (cause instanceof RulesetError) return { problem: cause.message };
    throw cause;
  }
}

let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', ({ id, content }: Numbered<Question>) => {
  turn = turn.then(async () => parentPort?.postMessage({ id, content: await answerTo(content) }));
});
