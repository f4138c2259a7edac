/**
 * The metadata Countersign reads: the `x-governance` object of a contract, and the entries that are not contracts
 * (teams, systems, consumers, waivers). Each is a JSON Schema (published under docs/reference/schemas) and, from the
 * same text, a TypeScript type.
 */
import { type Static, type TSchema, Type } from '@sinclair/typebox';

const closed = { additionalProperties: false } as const;
const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);
const literals = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description });

const ContractId = Type.String({
  pattern: '^(api|event|schema|file|mapping|workflow):[A-Za-z0-9_./-]+@[A-Za-z0-9][A-Za-z0-9.+-]*$',
  description: 'Id of a contract: kind, name and major version.',
});
// An operation without an operationId is known by method and path, with a space between them.
const SubjectId = Type.String({ pattern: '^[a-z]+:\\S(.*\\S)?$', description: 'Any id.' });
const SystemId = Type.String({ pattern: '^system:[A-Za-z0-9_./-]+$', description: 'Id of a system entry.' });
const TeamId = Type.String({ pattern: '^team:[A-Za-z0-9_./-]+$', description: 'Id of a team entry.' });
const CalendarDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A calendar date in UTC.' });
const Text = Type.String({ minLength: 1 });

/** A rate of calls: so many in a time, or so many at a time. */
const Rate = {
  requests: optional(Type.Integer({ minimum: 1, description: 'Number of calls in `perSeconds`.' })),
  perSeconds: optional(Type.Integer({ minimum: 1, description: 'Length of the window in seconds; 1 unless stated.' })),
  parallel: optional(Type.Integer({ minimum: 1, description: 'Number of calls at the same time.' })),
};

export const LAYERS = [
  'canonical',
  'system',
  'process',
  'experience',
  'event',
  'vendor',
  'mapping',
  'workflow',
  'file',
] as const;
export const STATUSES = ['draft', 'in-review', 'active', 'deprecated', 'retired'] as const;
/** From what everybody may read to what only few may. */
export const CLASSIFICATIONS = ['public', 'internal', 'confidential', 'restricted'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export const Lifecycle = Type.Object(
  {
    status: literals(STATUSES, 'D7.1.'),
    deprecationDate: optional(CalendarDate),
    sunsetDate: optional(CalendarDate),
    successors: optional(Type.Array(SubjectId, { minItems: 1, description: 'What consumers move to.' })),
    migrationGuide: optional(
      Type.String({ minLength: 1, description: 'URL, or path from the root of the repository.' }),
    ),
  },
  closed,
);
export type Lifecycle = Static<typeof Lifecycle>;

export const Governance = Type.Object(
  {
    id: ContractId,
    domain: optional(Text),
    owner: optional(TeamId),
    layer: optional(literals(LAYERS, 'Architecture layer (D3); decides which rulesets apply.')),
    system: optional(SystemId),
    covers: optional(Type.Array(Type.String({ pattern: '^D\\d+(\\.\\d+)*$' }), { description: 'Ids of DOMAIN rows.' })),
    lifecycle: optional(Lifecycle),
    classification: optional(literals(CLASSIFICATIONS, 'The most sensitive data it carries (D6.10).')),
    criticality: optional(literals(['critical', 'high', 'normal'] as const, 'What stops when it stops.')),
    systemOfRecord: optional(
      Type.Array(Type.Object({ entity: Text, attributes: optional(Type.Array(Text)), system: SystemId }, closed), {
        description: 'Who is the authoritative writer of what (D6.18).',
      }),
    ),
    sync: optional(
      Type.Object(
        {
          pattern: literals(
            ['request-response', 'event-driven', 'batch', 'workflow', 'file', 'edi'] as const,
            'Synchronisation pattern (D5).',
          ),
          tolerates: optional(
            Type.String({
              pattern: '^P(?=\\d|T\\d)(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?$',
              description: 'How old what it carries may be when it is used: an ISO 8601 duration such as PT15M or P1D.',
            }),
          ),
          why: Text,
        },
        closed,
      ),
    ),
    slo: optional(
      Type.Object(
        {
          availability: optional(Type.String({ pattern: '^\\d{2}(\\.\\d+)?%$' })),
          latency: optional(Type.Object({ p95Ms: Type.Integer({ minimum: 1 }) }, closed)),
          errorRate: optional(Type.String({ pattern: '^\\d+(\\.\\d+)?%$' })),
          recoveryMinutes: optional(Type.Integer({ minimum: 1 })),
        },
        closed,
      ),
    ),
    retention: optional(Type.Object({ years: Type.Integer({ minimum: 0 }), why: Text }, closed)),
    residency: optional(Type.Array(Text, { minItems: 1 })),
    runbook: optional(Text),
    demand: optional(
      Type.Array(
        Type.Object(
          { on: SystemId, ...Rate },
          { ...closed, anyOf: [{ required: ['requests'] }, { required: ['parallel'] }] },
        ),
        {
          description:
            'What its implementation needs of the quotas of another system, at most. All statements hold: so many in a second, and so many in a day.',
        },
      ),
    ),
    exposure: optional(
      literals(
        ['internal', 'partner', 'public'] as const,
        'Who calls it or sends to it; internal unless stated (D6.9).',
      ),
    ),
    vendor: optional(
      Type.Object(
        {
          product: Text,
          release: Text,
          cadence: Text,
          quota: optional(Text),
          supportedUntil: optional(CalendarDate),
        },
        closed,
      ),
    ),
    provenance: optional(
      Type.Array(
        Type.Object(
          {
            statement: Text,
            status: literals(['verified', 'modelled'] as const, 'Read at a public source, or our model of it.'),
            secondary: optional(
              Type.Boolean({
                description:
                  'True where the source is not the vendor itself but somebody who uses, copies or quotes it: code of a client, metadata in another repository, an article, an index.',
              }),
            ),
            source: optional(Text),
          },
          closed,
        ),
        { description: 'For contracts of products that are not ours: what is known and what is modelled.' },
      ),
    ),
  },
  { ...closed, $id: 'governance', title: 'x-governance', description: 'The governance metadata of a contract.' },
);
export type Governance = Static<typeof Governance>;

const Email = Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$' });

export const Team = Type.Object(
  {
    countersign: Type.Literal('team'),
    id: TeamId,
    name: Text,
    domain: optional(Text),
    contact: Email,
    escalation: Type.Object({ contact: Email, withinMinutes: Type.Integer({ minimum: 1 }) }, closed),
  },
  { ...closed, $id: 'team', title: 'Team', description: 'Who answers for contracts, and how to reach them.' },
);
export type Team = Static<typeof Team>;

export const System = Type.Object(
  {
    countersign: Type.Literal('system'),
    id: SystemId,
    name: Text,
    description: Text,
    owner: TeamId,
    covers: optional(Type.Array(Type.String({ pattern: '^D\\d+(\\.\\d+)*$' }))),
    hosting: literals(['cloud', 'on-premise', 'hybrid'] as const, 'Where it runs.'),
    residency: optional(Type.Array(Text, { minItems: 1 })),
    recordsOf: Type.Array(Type.Object({ entity: Text, attributes: Text }, closed), {
      description: 'What it is the system of record for; empty for pure consumers.',
    }),
    releases: optional(Type.Object({ cadence: Text, current: optional(Text), next: optional(CalendarDate) }, closed)),
    quotas: optional(
      Type.Array(
        Type.Object(
          { name: Text, limit: Text, source: optional(Text), ...Rate },
          { ...closed, description: 'A limit in words and, where it is a rate of calls, in numbers too.' },
        ),
      ),
    ),
  },
  { ...closed, $id: 'system', title: 'System', description: 'A product or platform that takes part.' },
);
export type System = Static<typeof System>;

export const Consumer = Type.Object(
  {
    countersign: Type.Literal('consumer'),
    id: Type.String({ pattern: '^consumer:[A-Za-z0-9_./-]+$' }),
    name: Text,
    description: Text,
    owner: TeamId,
    system: optional(SystemId),
    covers: optional(Type.Array(Type.String({ pattern: '^D\\d+(\\.\\d+)*$' }))),
    provides: optional(
      Type.Array(ContractId, {
        minItems: 1,
        description: 'APIs that it is the implementation of; none for an application.',
      }),
    ),
    uses: Type.Array(Type.Object({ id: SubjectId, purpose: Text }, closed), {
      description: 'What it says it depends on; compared with what its pacts show.',
    }),
  },
  { ...closed, $id: 'consumer', title: 'Consumer', description: 'An application that depends on contracts.' },
);
export type Consumer = Static<typeof Consumer>;

export const Waiver = Type.Object(
  {
    countersign: Type.Literal('waiver'),
    id: Type.String({ pattern: '^waiver:[A-Za-z0-9_./-]+$' }),
    rule: Text,
    subject: SubjectId,
    fingerprint: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    reason: Type.String({ minLength: 20, description: 'Why the exception is right, for a reader a year from now.' }),
    owner: TeamId,
    author: Email,
    approver: Email,
    granted: CalendarDate,
    expires: CalendarDate,
  },
  { ...closed, $id: 'waiver', title: 'Waiver', description: 'A policy exception (D6.22).' },
);
export type Waiver = Static<typeof Waiver>;
