/** `countersign lint` against documents and rulesets that are damaged or mean harm. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Linter, openLinter } from '../../src/lint/spectral/linter.ts';
import { damaged, documentDamages, randomFrom, rulesetDamages } from './damage.ts';

export interface FuzzOptions {
  /** Directory of the repository. */
  readonly root: string;
  /** Empty directory, its real path; the only one that may be read but for that of the rulesets. */
  readonly folder: string;
  readonly documents: number;
  readonly rulesets: number;
  readonly seed: number;
  /** Of each case, before and after it. */
  readonly begin?: (name: string, text: string) => void;
  readonly end?: (name: string) => void;
}

export interface FuzzTally {
  readonly documents: number;
  readonly rulesets: number;
  readonly findings: number;
  /** Documents without any. */
  readonly quiet: number;
  /** Documents on which a rule threw or was stopped. */
  readonly failed: number;
  /** Rulesets that could not be used, and said why. */
  readonly refused: number;
  /** What should not be: a case and what is wrong with its outcome. */
  readonly faults: readonly string[];
}

/** Stands where nothing may be read: a file beside the folder, and the environment. */
export const SECRET = 'countersign-fuzz-secret';

export async function fuzzLint(options: FuzzOptions): Promise<FuzzTally> {
  const { root, folder } = options;
  const random = randomFrom(options.seed);
  const outside = ['../secret.yaml', `${folder}/../secret.yaml`, `file://${folder}/../secret.yaml`];
  const references = [...outside, 'https://example.org/a.yaml#/a', '//example.org/a', 'data:text/plain,a', '/dev/zero'];
  const tally = { documents: 0, rulesets: 0, findings: 0, quiet: 0, failed: 0, refused: 0, faults: [] as string[] };

  const lintOne = async ({ lint }: Linter, name: string, text: string) => {
    const source = join(folder, `${name}.yaml`);
    const { diagnostics, isWhole } = await lint({ text, source });
    tally.findings += diagnostics.length;
    if (diagnostics.length === 0) tally.quiet += 1;
    if (!isWhole) tally.failed += 1;
    const said = JSON.stringify(diagnostics);
    if (diagnostics.some(({ source: of }) => of !== source)) tally.faults.push(`${name}: names another file: ${said}`);
    if (said.includes(SECRET)) tally.faults.push(`${name}: has read what it must not: ${said}`);
    if (!isWhole && diagnostics.length === 0) tally.faults.push(`${name}: failed without a finding`);
  };

  const guarded = async (name: string, text: string, work: () => Promise<void>) => {
    options.begin?.(name, text);
    await work().catch(error => tally.faults.push(`${name}: ${String(error?.stack ?? error)}`));
    options.end?.(name);
  };

  const seeds = textsIn(join(root, 'tests/lint/documents'));
  const all = { root: join(root, 'tests/lint/rulesets'), name: 'all.yaml', code: 'none' } as const;
  const linter = await openLinter({ ruleset: all, root: folder, ignoreUnknownFormat: false });
  for (; tally.documents < options.documents; tally.documents++) {
    const text = damaged(seeds[random(seeds.length)]!, random, documentDamages(references));
    const name = `document-${tally.documents}`;
    await guarded(name, text, () => lintOne(linter, name, text));
  }

  const whole = textsIn(join(root, 'bench/fuzz/rulesets'));
  const document = readFileSync(join(root, 'tests/lint/documents/siblings.yaml'), 'utf8');
  for (; tally.rulesets < options.rulesets; tally.rulesets++) {
    const text = damaged(whole[random(whole.length)]!, random, rulesetDamages(references));
    const name = `ruleset-${tally.rulesets}`;
    writeFileSync(join(folder, `${name}.yaml`), text);
    const ruleset = { root: folder, name: `${name}.yaml`, code: 'none' } as const;
    await guarded(name, text, async () => {
      const opened = await openLinter({ ruleset, root: folder, ignoreUnknownFormat: false }).catch(error => {
        if (error?.name !== 'RulesetError') throw error;
        tally.refused += 1;
        if (!error.message.includes(`${name}.yaml`)) tally.faults.push(`${name}: is not named by: ${error.message}`);
        if (error.message.includes(SECRET)) tally.faults.push(`${name}: has read what it must not: ${error.message}`);
        return undefined;
      });
      if (opened) await lintOne(opened, `${name}-document`, document);
    });
  }
  return tally;
}

function textsIn(directory: string): string[] {
  return readdirSync(directory).map(name => readFileSync(join(directory, name), 'utf8'));
}
