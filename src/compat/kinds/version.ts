import type { Severity } from '../../model/index.ts';
import type { Change, ChangeKind, ContractPair, Detected } from '../kind.ts';

/** Looked for when the other changes are known: whether the number tells what happened (Semantic Versioning 2.0.0, 6 to 8). */
export const versionDishonest = {
  direction: 'both',
  area: 'version',
  action: 'changed',
  rule: {
    id: 'compat/version-dishonest',
    severity: 'warn',
    title: 'The version number does not tell what changed',
    policies: ['D6.2'],
    why: 'Consumers and tools decide by the number whether they may take the new version unseen.',
    fix: 'Raise the major number for what breaks, the minor one for what is added; never lower it.',
  },
  *detect({ base, head }: ContractPair, changes: readonly Change[]): Iterable<Detected> {
    const [from, to] = [parse(base.contract.version), parse(head.contract.version)];
    if (!from || !to) return;
    const step = stepFrom(from, to);
    const demanded = demandedBy(changes);
    if (step === 'lowered') {
      yield said(head, `the version went from ${base.contract.version} down to ${head.contract.version}`, 'lowered');
    } else if (RANK[step] < RANK[demanded]) {
      const what = demanded === 'major' ? 'break consumers' : 'add to it';
      const raised = step === 'none' ? 'did not change' : `was raised by a ${step} step`;
      yield said(head, `the version ${raised} (${head.contract.version}), but the changes ${what}`, demanded);
    }
  },
} as const satisfies Omit<ChangeKind, 'detect'> & { detect: unknown };

function said({ contract }: ContractPair['head'], message: string, demanded: string) {
  const path = contract.kind === 'schema' ? ['x-version'] : ['info', 'version'];
  const location = contract.file.locate(contract.document['info'] === undefined ? ['version'] : path);
  return { subject: contract.id, message, location, facts: { demanded } };
}

type Numbers = readonly [major: number, minor: number, patch: number];
type Step = 'none' | 'patch' | 'minor' | 'major';
const RANK: Readonly<Record<Step, number>> = { none: 0, patch: 1, minor: 2, major: 3 };

function parse(version: string): Numbers | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(version);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

function stepFrom(from: Numbers, to: Numbers): Step | 'lowered' {
  const at = from.findIndex((number, index) => number !== to[index]);
  if (at < 0) return 'none';
  if (to[at]! < from[at]!) return 'lowered';
  // Before 1.0.0 a minor step may break (Semantic Versioning 2.0.0, 4).
  if (at === 1 && from[0] === 0) return 'major';
  return (['major', 'minor', 'patch'] as const)[at]!;
}

const ADDITIONS = new Set(['added']);

function demandedBy(changes: readonly Change[]): Step {
  const isError = ({ severity }: { severity: Severity }) => severity === 'error';
  if (changes.some(isError)) return 'major';
  return changes.some(({ action }) => ADDITIONS.has(action)) ? 'minor' : 'none';
}
