import type { Dialect } from './dialect.ts';
import { sapODataV2 } from './sap-odata-v2.ts';

export const DIALECTS: readonly Dialect[] = [sapODataV2];
