/** The JSON outputs by the name under which a command states its own. Published under docs/reference/schemas. */
import type { TSchema } from '@sinclair/typebox';
import { FindingsSchema } from '../format/index.ts';
import { ShowDocument, WhoUsesDocument } from './catalog.output.ts';
import { CoverageDocument } from './coverage.output.ts';
import { DiffDocument } from './diff.output.ts';
import { RulesDocument } from './explain.output.ts';
import { MockDescriptionDocument } from './mock.output.ts';
import { ScoreDocument } from './score.output.ts';

export const OUTPUTS: Readonly<Record<string, TSchema>> = {
  findings: FindingsSchema,
  coverage: CoverageDocument,
  diff: DiffDocument,
  rules: RulesDocument,
  score: ScoreDocument,
  'catalog-show': ShowDocument,
  'catalog-who-uses': WhoUsesDocument,
  'mock-describe': MockDescriptionDocument,
};
