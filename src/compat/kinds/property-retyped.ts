import { get } from '../../model/index.ts';
import { changeAt, describePart, differencesOf, partOf } from '../difference-kind.ts';
import type { Difference } from '../differences.ts';
import type { ChangeKind } from '../kind.ts';

export const requestPropertyRetyped: ChangeKind = {
  direction: 'request',
  area: 'property',
  action: 'retyped',
  rule: {
    id: 'compat/request-property-retyped',
    severity: 'error',
    title: 'A request value no longer accepts a type it accepted',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers keep sending the old type and are refused.',
    fix: 'Accept both types, or add a property of another name.',
  },
  *detect(pair) {
    for (const difference of differencesOf(pair, 'request', 'type')) {
      const [was, now] = [typeOf(difference), statedType(difference)];
      const message = `${describePart(difference)} could be ${was} and must now be ${now}`;
      yield changeAt(difference, message, { from: was, to: now });
    }
  },
};

export const responsePropertyRetyped: ChangeKind = {
  direction: 'response',
  area: 'property',
  action: 'retyped',
  rule: {
    id: 'compat/response-property-retyped',
    severity: 'error',
    title: 'A response value may now have a type it never had',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers parse it as the old type and fail on the new one.',
    fix: 'Keep the type, or add a property of another name.',
  },
  *detect(pair) {
    for (const difference of differencesOf(pair, 'response', 'type')) {
      const [was, now] = [statedType(difference), typeOf(difference)];
      const message = `${describePart(difference)} was always ${was} and may now be ${now}`;
      yield changeAt(difference, message, { from: was, to: now });
    }
  },
};

/** Of the part in the payload. */
function typeOf(difference: Difference): string {
  const part = partOf(difference);
  if (part === null) return 'null';
  if (Array.isArray(part)) return 'array';
  return typeof part === 'number' && Number.isInteger(part) ? 'integer' : typeof part;
}

/** As the version that rejects it states it. */
function statedType({ rejecting }: Difference): string {
  return [get(rejecting.value, 'type') ?? 'another type'].flat().map(String).sort().join(' or ');
}
