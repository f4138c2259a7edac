/** The canonical model says each thing once. */
import { down, members, place, refOf, rootOf, subjectIdAt } from '../load/index.ts';
import {
  asString,
  type Contract,
  type Cursor,
  contentHash,
  type Estate,
  type Finding,
  finding,
  get,
  isObject,
  type Json,
  type JsonObject,
} from '../model/index.ts';
import rule from './rules.ts';

export interface Concept {
  readonly name: string;
  readonly contract: Contract;
  readonly cursor: Cursor;
}

/** Two canonical schemas that define the same name, or the same shape under two names; a reference defines nothing. */
export function duplicateConcepts(estate: Estate): Finding[] {
  const first = new Map<string, Concept>();
  return conceptsOf(estate).flatMap(concept => {
    const keys = [`name ${concept.name.toLowerCase()}`, ...shapeOf(concept.cursor.value)];
    const known = keys.map(key => first.get(key)).find(found => found && nameOf(found) !== nameOf(concept));
    for (const key of keys) if (!first.has(key)) first.set(key, concept);
    if (!known) return [];
    const id = subjectIdAt(known.contract, known.cursor.path);
    return [
      finding(rule.duplicateConcept, {
        subject: subjectIdAt(concept.contract, concept.cursor.path),
        message: `defines ${concept.name}, which ${id} defines too`,
        facts: { other: id },
        location: place(concept.cursor),
        evidence: { related: [{ message: 'the other definition', location: place(known.cursor) }] },
      }),
    ];
  });
}

/** Majors of one schema define the same things, and may. */
function nameOf({ contract }: Concept): string {
  return contract.id.replace(/@[^@]*$/, '');
}

/** Each canonical schema by its title, and its definitions by their names. */
export function conceptsOf(estate: Estate): Concept[] {
  return estate.contracts.flatMap(contract => {
    if (contract.governance?.layer !== 'canonical' || contract.dialect.name !== 'json-schema') return [];
    const root = rootOf(contract.file);
    if (!root || contract.governance.lifecycle?.status === 'deprecated') return [];
    const definitions = members(down(root, '$defs')).filter(([, cursor]) => refOf(cursor) === undefined);
    const title = get(root.value, 'type') === undefined ? undefined : asString(get(root.value, 'title'));
    return [
      ...(title === undefined ? [] : [{ name: title.replaceAll(' ', ''), contract, cursor: root }]),
      ...definitions.map(([name, cursor]) => ({ name, contract, cursor })),
    ];
  });
}

/** Objects with several properties, and lists of allowed values, are the same if they differ in words only. */
export function shapeOf(schema: Json): string[] {
  const isTelling =
    Object.keys(get(schema, 'properties') ?? {}).length >= 3 || Object.keys(get(schema, 'enum') ?? {}).length >= 3;
  return isTelling ? [`shape ${contentHash(withoutWords(schema))}`] : [];
}

const WORDS = new Set(['title', 'description', 'examples', '$comment', '$schema', '$defs']);

function withoutWords(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withoutWords);
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(
    ([key, value]) => !(WORDS.has(key) && !isObject(value)) && !key.startsWith('x-'),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutWords(value)])) as JsonObject;
}
