import { type Static, Type } from '@sinclair/typebox';
import { affectedBy, type Change, type Comparison } from '../compat/index.ts';
import { type Edge, KNOWN, SEVERITIES } from '../model/index.ts';

const choice = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description });

const ChangeDocument = Type.Object({
  rule: Type.String({ description: 'Id of the rule; `countersign explain` tells more.' }),
  kind: Type.String({ description: 'The rule’s name without its area.' }),
  verdict: choice(['breaking', 'risky', 'compatible'] as const, 'Breaking at level error, risky at level warn.'),
  level: choice(SEVERITIES, 'Severity of the finding that it becomes.'),
  subject: Type.String({ description: 'Id of what changed.' }),
  message: Type.String(),
  direction: choice(['request', 'response', 'both'] as const, 'Whether consumers send it, receive it, or both.'),
  places: Type.Array(
    Type.Object({
      id: Type.String({ description: 'Id of what changed there.' }),
      file: Type.String(),
      line: Type.Integer(),
      column: Type.Integer(),
      pointer: Type.Optional(Type.String()),
    }),
    { description: 'Where it shows in the later state; a shared schema shows in several places.' },
  ),
  affected: Type.Array(
    Type.Object({
      id: Type.String(),
      known: choice(KNOWN, 'How it is known.'),
      source: Type.String({ description: 'file:line that says so.' }),
    }),
    {
      description: 'Who is known to be hit, and what says so.',
    },
  ),
});

export const DiffDocument = Type.Object(
  {
    base: Type.String({ description: 'The earlier state.' }),
    revision: Type.String({ description: 'The later state.' }),
    verdict: choice(
      ['breaking', 'compatible', 'unproven'] as const,
      '`unproven`: nothing breaking was found, but something could not be compared.',
    ),
    changes: Type.Array(ChangeDocument),
    unproven: Type.Array(Type.Object({ subject: Type.String(), reason: Type.String() })),
    stats: Type.Object({
      contracts: Type.Integer({ description: 'Contracts that both states have.' }),
      breaking: Type.Integer(),
      risky: Type.Integer(),
      compatible: Type.Integer({ description: 'Changes that are reported but hurt nobody.' }),
    }),
  },
  { title: 'Diff', description: 'What `countersign diff --format json` prints.' },
);
export type DiffDocument = Static<typeof DiffDocument>;

export function diffDocument(
  base: string,
  revision: string,
  comparison: Comparison,
  edges: readonly Edge[],
  /** What stands before a path of the estate when it is printed. */
  prefix: string,
): DiffDocument {
  const changes = comparison.changes.map(change => changeDocument(change, edges, prefix));
  const count = (verdict: string) => changes.filter(change => change.verdict === verdict).length;
  const breaking = count('breaking');
  return {
    base,
    revision,
    verdict: breaking > 0 ? 'breaking' : comparison.unproven.length > 0 ? 'unproven' : 'compatible',
    changes,
    unproven: comparison.unproven.map(({ subject, reason }) => ({ subject, reason })),
    stats: { contracts: comparison.compared.length, breaking, risky: count('risky'), compatible: count('compatible') },
  };
}

const VERDICTS = { error: 'breaking', warn: 'risky', info: 'compatible' } as const;

function changeDocument(change: Change, edges: readonly Edge[], prefix: string) {
  return {
    rule: change.rule.id,
    kind: change.rule.id.replace('compat/', ''),
    verdict: VERDICTS[change.severity],
    level: change.severity,
    subject: change.subject,
    message: change.message,
    direction: change.direction,
    places: change.places.map(({ id, location: { file, line, column, pointer } }) => ({
      id,
      file: prefix + file,
      line,
      column,
      ...(pointer === undefined ? {} : { pointer }),
    })),
    affected: affectedBy(change, edges).map(({ id, known, location }) => ({
      id,
      known,
      source: `${prefix}${location.file}:${location.line}`,
    })),
  };
}
