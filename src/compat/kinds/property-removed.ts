import { type Field, isStructural, isUndescribed } from '../../load/index.ts';
import { get, type Severity, segmentName } from '../../model/index.ts';
import { type ChangeKind, type ContractPair, describeField, fieldId, parentOf, samePlaces } from '../kind.ts';
import type { Direction, Place } from '../surface.ts';

export const requestPropertyRemoved: ChangeKind = {
  direction: 'request',
  area: 'property',
  action: 'removed',
  rule: {
    id: 'compat/request-property-removed',
    severity: 'error',
    title: 'A request property was removed',
    policies: ['D6.2'],
    why: 'Consumers still send it. A closed object refuses the request; an open one accepts it and drops the value silently.',
    fix: 'Keep accepting it. If it has no effect any more, mark it deprecated and say so in its description.',
  },
  *detect(pair) {
    for (const { base, field, parent } of removed(pair, 'request')) {
      const severity: Severity = parent.closed ? 'error' : 'warn';
      const consequence = parent.closed ? 'requests that carry it are refused' : 'its value is ignored';
      yield {
        ...removal(base, field, parent),
        severity,
        message: `${describeField(base, field)} is gone: ${consequence}`,
      };
    }
  },
};

export const responsePropertyRemoved: ChangeKind = {
  direction: 'response',
  area: 'property',
  action: 'removed',
  rule: {
    id: 'compat/response-property-removed',
    severity: 'error',
    title: 'A response property was removed',
    policies: ['D6.2'],
    why: 'Consumers that read it find nothing. A required one was a promise; an optional one may still be what someone relies on.',
    fix: 'Keep returning it, mark it deprecated, and remove it in the next major version.',
  },
  *detect(pair) {
    for (const { base, field, parent } of removed(pair, 'response')) {
      const severity: Severity = field.required ? 'error' : 'warn';
      const promise = field.required ? 'it was always there' : 'it was optional';
      yield {
        ...removal(base, field, parent),
        severity,
        message: `${describeField(base, field)} is gone: ${promise}`,
      };
    }
  },
};

/** Topmost removed fields only: what was inside them went with them. `parent` is the parent in the new version. */
function* removed(pair: ContractPair, direction: Direction) {
  for (const { base, head } of samePlaces(pair, direction)) {
    for (const [path, field] of base.table.fields) {
      const kept = head.table.fields.get(path);
      // A response that names it as required without describing it promises nothing that can be read.
      const isKept = kept && !(direction === 'response' && isUndescribed(kept) && !isUndescribed(field));
      if (isKept || isStructural(field.path.at(-1))) continue;
      const parent = parentOf(head, field);
      // What only the other direction carries is not missed in this one.
      const isElsewhere = get(field.cursor.value, direction === 'request' ? 'readOnly' : 'writeOnly') === true;
      if (parent && couldBeObject(parent) && !isElsewhere) yield { base, field, parent };
    }
  }
}

/** Where the parent is no object any more, that change of type says it all. */
function couldBeObject(field: Field): boolean {
  return !field.types || field.types.has('object');
}

function removal(base: Place, field: Field, parent: Field) {
  return {
    subject: fieldId(base, field),
    // Where it would have to be.
    location: parent.cursor.file.locate([...parent.cursor.path, 'properties'], 'key'),
    facts: { property: segmentName(field.path.at(-1)!), required: field.required },
    node: parent.cursor,
    inside: [field.path.at(-1)!],
  };
}
