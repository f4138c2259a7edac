import type { Area } from '../area.ts';
import { check } from './check.ts';
import { lint } from './lint.ts';
import { schemaInclusion } from './schema-inclusion.ts';
import { start } from './start.ts';

export const AREAS: readonly Area[] = [start, check, lint, schemaInclusion];
