import { type Static, Type } from '@sinclair/typebox';
import type { User } from '../graph/index.ts';
import { contractById } from '../load/index.ts';
import { contractOf, type Edge, type Estate, KNOWN, type Location, RELATIONS } from '../model/index.ts';

const choice = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
const provenance = {
  known: choice(KNOWN),
  source: Type.String({ description: 'file:line that says so.' }),
};

export const ShowDocument = Type.Object(
  {
    id: Type.String(),
    title: Type.Optional(Type.String()),
    facts: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
    relations: Type.Array(
      Type.Object({ from: Type.String(), relation: choice(RELATIONS), to: Type.String(), ...provenance }),
      { description: 'Edges that start or end at the id or inside it.' },
    ),
  },
  { title: 'Catalog entry', description: 'What `countersign catalog show --format json` prints.' },
);
export type ShowDocument = Static<typeof ShowDocument>;

export const WhoUsesDocument = Type.Object(
  {
    id: Type.String(),
    users: Type.Array(
      Type.Object({
        id: Type.String({ description: 'Who depends on it.' }),
        distance: Type.Integer({ minimum: 1, description: '1 where directly.' }),
        relation: choice(RELATIONS),
        uses: Type.String({ description: 'What exactly it uses: the id, something inside it, or what leads to it.' }),
        ...provenance,
      }),
    ),
  },
  { title: 'Users', description: 'What `countersign catalog who-uses --format json` prints.' },
);
export type WhoUsesDocument = Static<typeof WhoUsesDocument>;

export function showDocument(
  estate: Estate,
  id: string,
  { from, to }: { from: readonly Edge[]; to: readonly Edge[] },
): ShowDocument {
  const title = titleOf(estate, id);
  return {
    id,
    ...(title === undefined ? {} : { title }),
    facts: factsOf(estate, id),
    relations: [...from, ...to].map(edge => ({
      from: edge.from,
      relation: edge.relation,
      to: edge.to,
      known: edge.known,
      source: sourceText(edge.source),
    })),
  };
}

export function whoUsesDocument(id: string, users: readonly User[]): WhoUsesDocument {
  return {
    id,
    users: users.map(({ id: user, distance, edge }) => ({
      id: user,
      distance,
      relation: edge.relation,
      uses: edge.to,
      known: edge.known,
      source: sourceText(edge.source),
    })),
  };
}

function sourceText({ file, line }: Location): string {
  return `${file}:${line}`;
}

function titleOf(estate: Estate, id: string): string | undefined {
  const entries = [...estate.systems, ...estate.consumers, ...estate.teams, ...estate.domains];
  const entry = entries.find(known => known.id === contractOf(id));
  return contractById(estate, id)?.title ?? entry?.value.name;
}

/** What is worth knowing at a glance. */
function factsOf(estate: Estate, id: string): { name: string; value: string }[] {
  const contract = contractById(estate, id);
  const governance = contract?.governance;
  const lifecycle = governance?.lifecycle;
  const team = estate.teams.find(known => known.id === (governance?.owner ?? contractOf(id)))?.value;
  const system = estate.systems.find(known => known.id === contractOf(id))?.value;
  const facts: [string, string | undefined][] = [
    ['version', contract?.version],
    ['format', contract && `${contract.dialect.name} ${contract.dialect.version}`],
    ['status', lifecycle?.status],
    ['deprecated', lifecycle?.deprecationDate],
    ['sunset', lifecycle?.sunsetDate],
    ['domain', governance?.domain],
    ['layer', governance?.layer],
    ['classification', governance?.classification],
    ['hosting', system?.hosting],
    ['releases', system?.releases?.cadence],
    ['owner', governance?.owner ?? system?.owner],
    ['contact', team?.contact],
    ['escalation', team && `${team.escalation.contact} within ${team.escalation.withinMinutes} minutes`],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
