/** Documents of any kind against one ruleset, as spectral-cli does it: one after the other, each for itself. */
import { readFile, realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { ISpectralDiagnostic } from '@stoplight/spectral-core';
import type { Rule } from '../../model/index.ts';
import { problemsOf } from '../error.ts';
import { loadRuleset } from '../ruleset.ts';
import { run } from './run.ts';
import { type Diagnostic, type DocumentResult, failed, type LintSetting, type Submission, textHash } from './types.ts';

export interface Linter {
  /** Documentation of the rules that are switched on. */
  readonly rules: readonly Rule[];
  readonly lint: (submission: Submission) => Promise<DocumentResult>;
}

/** Throws a {@link RulesetError} where the ruleset cannot be used. What is wrong with a document is in its result. */
export async function openLinter(setting: LintSetting): Promise<Linter> {
  const { root, name, code } = setting.ruleset;
  const { ruleset, rules } = await loadRuleset(root, name, { code });
  const lint: Linter['lint'] = async submission => {
    const reads = new Map<string, string | null>();
    const readText = readerIn(setting.root, reads);
    try {
      const found = await run(submission, { ruleset, readText, ignoreUnknownFormat: setting.ignoreUnknownFormat });
      return { diagnostics: found.map(plainDiagnostic), reads: [...reads], isWhole: true };
    } catch (error) {
      return failed(submission, [...new Set(problemsOf(error))].join('; '));
    }
  };
  return { rules: [...rules.values()], lint };
}

/** What spectral-cli prints, and no more. */
function plainDiagnostic({ code, path, message, severity, range, source }: ISpectralDiagnostic): Diagnostic {
  return { code, path, message, severity, range, ...(source === undefined ? {} : { source }) } as Diagnostic;
}

/** Reads what lies in the directory, symbolic links followed, and notes what was read, or that there was nothing. */
function readerIn(root: string, reads: Map<string, string | null>) {
  return async (path: string): Promise<string> => {
    reads.set(path, null);
    // Of a file that is not there it is the reading that fails, and says so as everywhere.
    const file = await realpath(path).catch(() => resolve(path));
    if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw new Error(`${path} lies outside of ${root}, and is not read unless another --root is given`);
    }
    const text = await readFile(file, 'utf8');
    reads.set(path, textHash(text));
    return text;
  };
}
