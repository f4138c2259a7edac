export * from './definition.ts';
export * from './describe.ts';
export * from './engine.ts';
export * from './exchange.ts';
export * from './plan.ts';
export * from './planned.ts';
export { mockRules } from './rules.ts';
export * from './server.ts';
