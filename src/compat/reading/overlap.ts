/**
 * Lists of alternatives that overlap. "Exactly one of" refuses whatever two of them accept; an alternative that the
 * others cover could then never be sent at all, which no author means: such a list says "any of".
 */
import { escapePointer, isObject, items, type Json, type JsonObject } from '../../model/index.ts';
import { comparison, type Options, type SchemaDocument } from '../../schema/index.ts';

/** Schema objects of the document whose `oneOf` holds an alternative that the others cover, by JSON pointer. */
export function overlapping(document: SchemaDocument, options: Options): ReadonlyMap<string, JsonObject> {
  const { root, transform } = document;
  if (!isObject(root)) return new Map();
  const questions: Json[] = [];
  const lists = [...schemasWithList(root)].map(([pointer, schema]) => {
    const alternatives = items((transform?.(schema) ?? schema)['oneOf']);
    const asked = alternatives.map((alternative, index) => {
      questions.push({ alternative, others: { anyOf: alternatives.toSpliced(index, 1) } });
      return `/${QUESTIONS}/${questions.length - 1}`;
    });
    return { pointer, schema, asked };
  });
  if (questions.length === 0) return new Map();
  const extended: SchemaDocument = { ...document, root: { ...root, [QUESTIONS]: questions } };
  const { included } = comparison(extended, extended, { ...options, limits: { steps: STEPS } });
  let failures = 0;
  const isCovered = (question: string) => {
    if (failures >= MOST_FAILURES) return false;
    const { verdict } = included(`${question}/alternative`, `${question}/others`);
    if (verdict === 'unproven') failures += 1;
    return verdict === 'proved';
  };
  return new Map(
    lists
      .filter(({ asked }) => asked.length > 1 && asked.some(isCovered))
      .map(({ pointer, schema }) => [pointer, schema]),
  );
}

const QUESTIONS = 'x-alternatives';
/** Elementary steps of one question; where they do not suffice, the list is left as it is. */
const STEPS = 100_000;
const MOST_FAILURES = 10;

function* schemasWithList(root: JsonObject): Iterable<[string, JsonObject]> {
  const todo: [string, Json][] = [['', root]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [pointer, value] = next;
    if (typeof value !== 'object' || value === null) continue;
    if (isObject(value) && Array.isArray(value['oneOf'])) yield [pointer, value];
    for (const [key, inner] of Object.entries(value)) todo.push([`${pointer}/${escapePointer(key)}`, inner]);
  }
}
