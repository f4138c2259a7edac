export * from './edge.ts';
export * from './estate.ts';
export * from './evidence.ts';
export * from './finding.ts';
export * from './governance.ts';
export * from './id.ts';
export * from './json.ts';
export * from './mapping.ts';
