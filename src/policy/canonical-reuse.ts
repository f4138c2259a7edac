import { conceptsOf, shapeOf } from '../graph/index.ts';
import { down, elements, members, place, refOf, rootOf, subjectAt } from '../load/index.ts';
import { type Contract, type Cursor, isObject } from '../model/index.ts';
import { definePolicy } from './policy.ts';

const LAYERS = new Set(['system', 'process', 'experience', 'event']);

export default definePolicy({
  rule: {
    id: 'policy/canonical-reuse',
    severity: 'error',
    title: 'A canonical type is copied instead of referred to',
    policies: ['D6.3'],
    why: 'A copy is right on the day it is made. After the next change of the canonical type two APIs mean different things by one word, and the mapping between them is written at night.',
    fix: 'Replace the copy by a $ref to the canonical type, with allOf where the API adds to it; where it means something else, give it a name that says so.',
  },
  /** A schema of an API or event with the shape of a canonical type, or with its name and half of its properties. */
  *check({ estate }) {
    const concepts = conceptsOf(estate);
    const byName = new Map(concepts.map(concept => [concept.name.toLowerCase(), concept]));
    const byShape = new Map(concepts.flatMap(concept => shapeOf(concept.cursor.value).map(shape => [shape, concept])));
    for (const contract of estate.contracts) {
      // Majors on their way out keep the copies they were published with.
      if (!LAYERS.has(contract.governance?.layer ?? '') || contract.governance?.lifecycle?.status === 'deprecated')
        continue;
      for (const [name, schema] of componentsOf(contract)) {
        const named = byName.get(name.toLowerCase());
        const copied =
          shapeOf(schema.value).flatMap(shape => byShape.get(shape) ?? [])[0] ??
          (named && repeats(schema, named.cursor) ? named : undefined);
        if (!copied || refersElsewhere(schema)) continue;
        const { id } = subjectAt(copied.contract, copied.cursor.path);
        yield {
          subject: subjectAt(contract, schema.path).id,
          message: `${name} is a copy of ${id}`,
          facts: { copyOf: id },
          location: place(schema),
          evidence: { related: [{ message: 'the canonical type', location: place(copied.cursor) }] },
        };
      }
    }
  },
});

function componentsOf({ file }: Contract): [string, Cursor][] {
  return members(down(rootOf(file), 'components', 'schemas')).filter(([, schema]) => isObject(schema.value));
}

/** Whether the schema is a reference, or composed of one, into another file, where the canonical types are. */
function refersElsewhere(schema: Cursor): boolean {
  return [schema, ...elements(down(schema, 'allOf'))].some(part => !(refOf(part) ?? '#').startsWith('#'));
}

/** Whether it describes, once more and in its own words, what the canonical type describes: half of its properties. */
function repeats(schema: Cursor, canonical: Cursor): boolean {
  const own = members(down(canonical, 'properties')).map(([name]) => name);
  const repeated = members(down(schema, 'properties')).filter(
    ([name, property]) =>
      own.includes(name) && !refersElsewhere(property) && !refersElsewhere(down(property, 'items') ?? property),
  );
  return own.length >= 3 && repeated.length * 2 >= own.length;
}
