export * from './coverage.ts';
export { coverageRules } from './rules.ts';
