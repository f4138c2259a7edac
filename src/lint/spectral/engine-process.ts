/**
 * A process that lints what it is given. It reads one line of JSON after the other from standard input and answers each
 * with one on standard output: first a {@link LintSetting}, then submissions. Run with `--build-snapshot` it becomes an
 * image of itself in which everything is loaded, compiled and has been run once.
 */
import { readSync, writeSync } from 'node:fs';
import { startupSnapshot } from 'node:v8';
import type { Rule } from '../../model/index.ts';
import { openLinter } from './linter.ts';
import type { DocumentResult, LintSetting, Submission } from './types.ts';
import { warmUp } from './warm-up.ts';

export type OpenAnswer = { readonly rules: readonly Rule[] } | { readonly problem: string };
export type LintAnswer = DocumentResult;

if (startupSnapshot.isBuildingSnapshot()) {
  startupSnapshot.setDeserializeMainFunction(() => void serve());
  // The image is taken when nothing is left to do.
  void warmUp();
} else {
  void serve();
}

async function serve(): Promise<void> {
  const lines = linesFrom(0);
  const opening = lines.next();
  if (opening.done) return;
  try {
    const { rules, lint } = await openLinter(JSON.parse(opening.value) as LintSetting);
    answer({ rules });
    for (const line of lines) answer(await lint(JSON.parse(line) as Submission));
  } catch (error) {
    const isForTheUser = error instanceof Error && error.name === 'RulesetError';
    answer({ problem: isForTheUser ? error.message : String(error instanceof Error ? error.stack : error) });
  }
}

function answer(value: OpenAnswer | LintAnswer): void {
  let rest = Buffer.from(`${JSON.stringify(value)}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // The reader is slower: a pipe that takes no more just now.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

/** Waits for each: there is nothing else to do meanwhile. */
function* linesFrom(descriptor: number): Generator<string, void> {
  const buffer = Buffer.alloc(1 << 16);
  let parts: Buffer[] = [];
  for (;;) {
    const length = readSync(descriptor, buffer);
    if (length === 0) return;
    let start = 0;
    for (let end = buffer.indexOf(10); end >= 0 && end < length; end = buffer.indexOf(10, start)) {
      yield Buffer.concat([...parts, buffer.subarray(start, end)]).toString();
      parts = [];
      start = end + 1;
    }
    parts.push(Buffer.from(buffer.subarray(start, length)));
  }
}
