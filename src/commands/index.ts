import { catalogShow, catalogWhoUses } from './catalog.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';
import { coverage } from './coverage.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';
import { lint } from './lint.ts';
import { mock } from './mock.ts';
import { report } from './report.ts';
import { score } from './score.ts';
import { types } from './types.ts';
import { verify } from './verify.ts';
import { verifyFile } from './verify-file.ts';
import { verifyMapping } from './verify-mapping.ts';

/** Every command, in the order in which help lists them. One that is called like a group is what the group does by itself. */
export const COMMANDS: readonly Command[] = [
  check,
  lint,
  diff,
  report,
  score,
  explain,
  catalogShow,
  catalogWhoUses,
  coverage,
  mock,
  verify,
  verifyMapping,
  verifyFile,
  types,
];

export const GROUPS: Readonly<Record<string, string>> = {
  catalog: 'Ask the catalog who depends on what',
  verify: 'Run pacts against a provider, prove mappings, check real files against their layouts',
};
