export * from './edges.ts';
export * from './inspect.ts';
export * from './mapping-fields.ts';
export * from './query.ts';
export { graphRules } from './rules.ts';
