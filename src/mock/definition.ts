/** What a mocked system does beyond its contracts: the shape of `mocks/<name>/mock.yaml`, and reading it. */
import { type Static, Type } from '@sinclair/typebox';
import { rootOf } from '../load/cursor.ts';
import { parseSource } from '../load/parse.ts';
import { faultsOf } from '../load/shape.ts';
import type { Snapshot } from '../load/snapshot.ts';
import type { SourceFile } from '../model/estate.ts';
import { type Finding, finding } from '../model/finding.ts';
import { parseId } from '../model/id.ts';
import { asString, get, type Json } from '../model/json.ts';
import rule from './rules.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });

export const StateEffect = Type.Object(
  {
    force: Type.Optional(
      Type.Object(
        {
          operation: Type.String({ minLength: 1, description: 'Name of the operation, as in its id after #.' }),
          status: Type.Integer({ minimum: 100, maximum: 599 }),
          example: Type.Optional(Text),
        },
        { ...closed, description: 'The answer of one operation while the state holds.' },
      ),
    ),
    session: Type.Optional(
      Type.Object(
        { cookie: Text, token: Text },
        { ...closed, description: 'A session that exists already: its cookie (name=value) and its CSRF token.' },
      ),
    ),
  },
  { ...closed, description: 'Empty where the examples of the contract already are that state.' },
);
export type StateEffect = Static<typeof StateEffect>;

export const Behaviour = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
    statement: Text,
    status: Type.Unsafe<'verified' | 'modelled'>({ type: 'string', enum: ['verified', 'modelled'] }),
    source: Type.Optional(Text),
  },
  {
    ...closed,
    if: { properties: { status: { const: 'verified' } } },
    // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword.
    then: { required: ['source'] },
  },
);
export type Behaviour = Static<typeof Behaviour>;

export const MockDefinition = Type.Object(
  {
    countersign: Type.Literal('mock'),
    for: Type.String({
      pattern: '^(system:[A-Za-z0-9_./-]+|api:[A-Za-z0-9_./-]+@[0-9A-Za-z.+-]+)$',
      description: 'The system whose vendor contracts are mocked together, or one contract.',
    }),
    dialect: Type.Optional(Text),
    seed: Type.Optional(
      Type.Record(Text, Type.Array(Type.Object({ name: Text, value: Type.Unsafe<Json>({}) }, closed)), {
        description: 'More success examples, by name of the operation.',
      }),
    ),
    states: Type.Optional(Type.Record(Text, StateEffect, { description: 'By the text of the provider state.' })),
    behaviours: Type.Optional(Type.Array(Behaviour)),
  },
  { ...closed, $id: 'mock', title: 'Mock', description: 'What a mocked system does beyond its contracts.' },
);
export type MockDefinition = Static<typeof MockDefinition>;

export interface MockFile {
  readonly file: SourceFile;
  readonly value: MockDefinition;
}

export interface MockFiles {
  readonly definitions: readonly MockFile[];
  readonly findings: readonly Finding[];
}

/** Reads the definitions of a `mocks/` directory. Never throws for anything a file says. */
export function readMocks(snapshot: Snapshot): MockFiles {
  const definitions: MockFile[] = [];
  const findings: Finding[] = [];
  for (const [path, text] of snapshot.files) {
    const { file, problem } = parseSource(path, text);
    const root = rootOf(file);
    const stated = asString(get(file.value, 'for'));
    const subject = stated && parseId(stated) ? stated : `source:${path.replace(/[^A-Za-z0-9_./-]/g, '_')}`;
    const faults = root ? faultsOf(MockDefinition, root) : [];
    if (problem) {
      const message = `the file cannot be parsed: ${problem.message}`;
      findings.push(finding(rule.definitionInvalid, { subject, message, location: problem.location }));
    } else if (root && faults.length === 0) {
      definitions.push({ file, value: root.value as unknown as MockDefinition });
    }
    findings.push(...faults.map(fault => finding(rule.definitionInvalid, { subject, ...fault })));
  }
  return { definitions, findings };
}
