export { type Concept, conceptsOf, shapeOf } from './concepts.ts';
export * from './edges.ts';
export { parseExpression } from './expression.ts';
export * from './inspect.ts';
export { homeOf, schemaBehind } from './layout-schema.ts';
export * from './mapping-fields.ts';
export * from './query.ts';
export { graphRules } from './rules.ts';
