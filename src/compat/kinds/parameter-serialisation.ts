import { asString, type Cursor, get } from '../../model/index.ts';
import { type ChangeKind, placeOf, sameCalls, sameParameters } from '../kind.ts';

export const parameterSerialisationChanged: ChangeKind = {
  direction: 'request',
  area: 'serialisation',
  action: 'changed',
  rule: {
    id: 'compat/parameter-serialisation-changed',
    severity: 'error',
    title: 'A parameter is written another way',
    policies: ['D6.2'],
    why: '`ids=1,2` and `ids=1&ids=2` are different requests: servers read the one as a single value of the other.',
    fix: 'Keep the style, or add a parameter of another name.',
  },
  *detect(pair) {
    for (const call of sameCalls(pair)) {
      for (const { parameter, kept, id, name } of sameParameters(call)) {
        const [from, to] = [serialisation(parameter), serialisation(kept)];
        if (from === to) continue;
        const message = `the ${name} was written as ${from} and is now written as ${to}`;
        yield { subject: id, message, location: placeOf(kept.cursor), facts: { from, to } };
      }
    }
  },
};

/** Defaults of OpenAPI 3.1, Parameter Object. */
const STYLES: Readonly<Record<string, string>> = { query: 'form', path: 'simple', header: 'simple', cookie: 'form' };

/** How a value is written. A scalar is written alike with and without `explode`. */
function serialisation({
  cursor,
  in: where,
  schema,
}: {
  cursor: Cursor;
  in: string;
  schema: Cursor | undefined;
}): string {
  const { value } = cursor;
  const content = get(value, 'content');
  if (content !== undefined && content !== null) return Object.keys(content).join(', ');
  const style = asString(get(value, 'style')) ?? STYLES[where] ?? 'form';
  const explode = get(value, 'explode') ?? style === 'form';
  const reserved = get(value, 'allowReserved') === true ? ', reserved characters allowed' : '';
  return `${style}${isComposite(schema) && explode === true ? ', exploded' : ''}${reserved}`;
}

function isComposite(schema: Cursor | undefined): boolean {
  const types = [get(schema?.value, 'type')].flat();
  return types.includes('array') || types.includes('object');
}
