/**
 * A process that lints what it is given. It reads one line of JSON after the other from standard input and answers each
 * with one on standard output: first a {@link LintSetting}, then submissions. Run with `--build-snapshot` it becomes an
 * image of itself in which everything is loaded, compiled and has been run once.
 */
import { readSync, writeSync } from 'node:fs';
import { startupSnapshot } from 'node:v8';
import { assertValidRuleset, Ruleset } from '@stoplight/spectral-core';
import type { Rule } from '../../model/index.ts';
import { RULESETS } from '../builtin.ts';
import { openLinter } from './linter.ts';
import { run } from './run.ts';
import type { DocumentResult, LintSetting, Submission } from './types.ts';

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

/** Small documents of the usual formats, against the usual rulesets. */
async function warmUp(): Promise<void> {
  const info = { title: 'Warm up', version: '1.0.0' };
  const schemas = {
    A: { type: 'object', properties: { b: { $ref: '#/components/schemas/B' } } },
    B: { type: 'string' },
  };
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/A' }, example: { b: 1 } } };
  const paths = { '/a/{id}': { get: { responses: { '200': { description: 'A.', content } } } } };
  const documents = [
    ...['3.0.3', '3.1.0', '3.2.0'].map(openapi => ({ openapi, info, paths, components: { schemas } })),
    { swagger: '2.0', info, paths: { '/a': { get: { responses: { '200': { description: 'A.' } } } } } },
    { asyncapi: '2.6.0', info, channels: { a: { publish: { message: { payload: { type: 'string' } } } } } },
    { asyncapi: '3.0.0', info, channels: { a: { messages: { a: { payload: { type: 'string' } } } } } },
  ];
  const ruleset = new Ruleset({ extends: [...RULESETS.values()].map(rules => [rules, 'recommended']) } as never);
  assertValidRuleset({ extends: ['spectral:oas'], rules: {} }, 'json');
  const readText = () => Promise.reject(new Error('nothing is read while warming up'));
  for (const document of documents) {
    const submission = { text: JSON.stringify(document, null, 2), source: '/warm-up.json' };
    await run(submission, { ruleset, readText, ignoreUnknownFormat: false });
  }
}
