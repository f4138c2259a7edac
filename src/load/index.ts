export * from './cursor.ts';
export * from './load.ts';
export * from './references.ts';
export * from './refs.ts';
export { rules as loadRules } from './rules.ts';
export * from './snapshot.ts';
export * from './subject.ts';
