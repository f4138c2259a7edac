import { catalogShow, catalogWhoUses } from './catalog.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [check, diff, explain, catalogShow, catalogWhoUses];

export const GROUPS: Readonly<Record<string, string>> = {
  catalog: 'Ask the catalog who depends on what',
};
