import type { Edge, Estate } from '../model/index.ts';
import { type Context, defineCommand, type Outcome, UsageError } from './command.ts';

const flags = {
  format: { kind: 'choice', brief: 'How to print the result', choices: ['text', 'json'], default: 'text' },
} as const;

export const catalogShow = defineCommand({
  name: 'catalog show',
  summary: 'Show what the catalog knows about an id',
  description:
    'Prints owner, lifecycle and every relation of a contract, system, consumer or team, each with how it is known and where it is written. Names may be shortened where only one thing has that name.',
  arguments: [{ name: 'id', brief: 'Id, e.g. api:suppliers@2 or system:sap-s4hana' }],
  flags,
  examples: [
    { line: 'countersign catalog show api:suppliers@2', does: 'shows a contract' },
    { line: 'countersign catalog show sap-s4hana', does: 'shows a system by its name' },
  ],
  output: 'catalog-show',
  async run([text], { format }, context) {
    const { estate, edges, id } = await openCatalog(text!, context);
    const { edgesAt } = await import('../graph/index.ts');
    const { showDocument } = await import('./catalog.output.ts');
    const document = showDocument(estate, id, edgesAt(edges, id));
    return shown(document, format, () => showText(document));
  },
});

export const catalogWhoUses = defineCommand({
  name: 'catalog who-uses',
  summary: 'Say who depends on a contract, operation, message or field',
  description:
    'Follows every dependency backwards, directly and through others, and prints for each user how it is known and where it is written.',
  arguments: [{ name: 'id', brief: 'Id, e.g. api:suppliers@2#getSupplier' }],
  flags,
  examples: [
    { line: 'countersign catalog who-uses api:suppliers@1', does: 'who is still on version 1' },
    { line: 'countersign catalog who-uses schema:supplier@1#taxIdentifiers', does: 'who touches a field' },
  ],
  output: 'catalog-who-uses',
  async run([text], { format }, context) {
    const { edges, id } = await openCatalog(text!, context);
    const { whoUses } = await import('../graph/index.ts');
    const { whoUsesDocument } = await import('./catalog.output.ts');
    const document = whoUsesDocument(id, whoUses(edges, id));
    return shown(document, format, () => whoUsesText(document));
  },
});

async function openCatalog(text: string, context: Context): Promise<{ estate: Estate; edges: Edge[]; id: string }> {
  const { evidenceOf, openWorkspace, relocatedEdge } = await import('./workspace.ts');
  const { completeId, edgesOf } = await import('../graph/index.ts');
  const workspace = await openWorkspace(undefined, context);
  const edges = edgesOf(workspace.estate, await evidenceOf(workspace, context));
  const { id, candidates } = completeId(workspace.estate, text);
  if (id === undefined) {
    const { closest } = await import('fastest-levenshtein');
    const several = candidates.length > 1 && candidates.length <= 8;
    const hint = several ? `it could be ${candidates.join(' or ')}` : `did you mean ${closest(text, candidates)}?`;
    throw new UsageError(`the estate has nothing called "${text}": ${hint}`);
  }
  return { estate: workspace.estate, edges: edges.map(edge => relocatedEdge(edge, workspace.prefix)), id };
}

/** Titles and names come from files that others wrote. */
async function shown(document: object, format: string, text: () => string): Promise<Outcome> {
  const { revealed, safeJson } = await import('../format/index.ts');
  const lines = () => text().split('\n').map(revealed).join('\n');
  return { text: format === 'json' ? safeJson(document) : lines(), exitCode: 0 };
}

type ShowDocument = import('./catalog.output.ts').ShowDocument;
type WhoUsesDocument = import('./catalog.output.ts').WhoUsesDocument;

function showText({ id, title, facts, relations }: ShowDocument): string {
  const width = Math.max(0, ...facts.map(({ name }) => name.length));
  const lines = [
    title === undefined ? id : `${id}  ${title}`,
    ...facts.map(({ name, value }) => `  ${name.padEnd(width)}  ${value}`),
    '',
    ...relations.map(({ from, relation, to, known, source }) => `  ${from} ${relation} ${to}  (${known}, ${source})`),
  ];
  return `${(relations.length === 0 ? lines.slice(0, -1) : lines).join('\n')}\n`;
}

function whoUsesText({ id, users }: WhoUsesDocument): string {
  if (users.length === 0) return `Nothing in the estate is known to use ${id}.\n`;
  const width = Math.max(...users.map(user => user.id.length));
  const lines = users.map(user => {
    const how = user.distance === 1 ? `${user.relation} ${user.uses}` : `through ${user.uses}`;
    return `  ${user.id.padEnd(width)}  ${how}  (${user.known}, ${user.source})`;
  });
  const direct = users.filter(({ distance }) => distance === 1).length;
  return `${id} is used by ${direct} directly and ${users.length - direct} through others:\n${lines.join('\n')}\n`;
}
