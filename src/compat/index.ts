export { affectedBy } from './affected.ts';
export * from './compare.ts';
export type { Change, ChangeKind } from './kind.ts';
export { contractRemoved } from './kinds/contract-removed.ts';
export { KINDS } from './kinds/index.ts';
