export * from './baseline.ts';
export * from './dates.ts';
export * from './deprecation.ts';
export { lifecycleRules } from './rules.ts';
export * from './waivers.ts';
