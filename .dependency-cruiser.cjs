/**
 * The rooms and their order (docs/architecture.md). Every rule says why it is there: its comment is what the check
 * prints when it fails.
 */
const features = ['lint', 'compat', 'graph', 'lifecycle', 'coverage', 'policy', 'verify', 'mock', 'ledger'];
const order = [['model'], ['load', 'schema', 'layout'], features, ['report', 'format'], ['commands'], ['cli', 'http', 'ui']];
const room = names => `^src/(${names.join('|')})/`;

const downwards = order.slice(0, -1).map((floor, index) => ({
  name: `${floor[0]}-stays-below`,
  severity: 'error',
  comment: `${floor.join(', ')} must not know the rooms above: what stands lower can then be understood, tested and reused alone.`,
  from: { path: room(floor) },
  to: { path: room(order.slice(index + 1).flat()) },
}));

// Two features may only meet in what they share, or a change of one of them reaches the others.
const shared = ['graph', 'lifecycle'];
const sideways = features.map(feature => ({
  name: `${feature}-apart`,
  severity: 'error',
  comment: 'A feature imports another one only through graph, lifecycle and schema; put what both need there or below.',
  from: { path: room([feature]) },
  to: { path: room(features.filter(other => other !== feature && !shared.includes(other))) },
}));

module.exports = {
  forbidden: [
    ...downwards,
    ...sideways,
    {
      name: 'model-imports-nothing',
      severity: 'error',
      comment: 'The model is pure data and pure helpers: no I/O, no clock, no other room. Only node:crypto and typebox.',
      from: { path: '^src/model/' },
      to: { pathNot: ['^src/model/', '^crypto$', '^node:crypto$', 'node_modules/@sinclair/typebox'] },
    },
    {
      name: 'schema-knows-no-api',
      severity: 'error',
      comment: 'The schema algebra must be usable, and provable, without any notion of an API.',
      from: { path: '^src/schema/' },
      to: { path: '^src/(?!schema/)(?!model/json)' },
    },
    {
      name: 'algebra-needs-no-validator',
      severity: 'error',
      comment: 'A witness is worth what the validators that confirm it do not share with what found it: only src/schema/verify knows them.',
      from: { path: '^src/schema/(?!verify/|index)' },
      to: { path: ['^src/schema/verify/', 'node_modules/(ajv|@hyperjump)'] },
    },
    {
      name: 'layout-knows-no-estate',
      severity: 'error',
      comment: 'Reading and writing files by their layouts must be usable, and tested, on any file without an estate; of load it needs the watchdog for patterns alone.',
      from: { path: '^src/layout/' },
      to: { path: '^src/(?!layout/)(?!model/)(?!load/bounded-regexp)' },
    },
    {
      name: 'load-knows-no-layout',
      severity: 'error',
      comment: 'Loading says that a document is a layout; what it means is said above.',
      from: { path: '^src/load/' },
      to: { path: '^src/layout/' },
    },
    {
      name: 'report-and-format-apart',
      severity: 'error',
      comment: 'A format shows findings, a report shows an estate; neither needs the other.',
      from: { path: '^src/format/' },
      to: { path: '^src/report/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Modules in a cycle can only be understood together.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A module that nobody imports is dead.',
      from: { orphan: true, path: '^src/', pathNot: ['-worker\\.ts$'] },
      to: {},
    },
    {
      name: 'source-needs-no-tests',
      severity: 'error',
      comment: 'What is shipped must not depend on tests, benchmarks or scripts.',
      from: { path: '^src/' },
      to: { path: '^(tests|bench|scripts)/' },
    },
    {
      name: 'source-needs-no-development-packages',
      severity: 'error',
      comment: 'A development package is not there on a user\'s machine.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
