import { type Field, isStructural, isUndescribed } from '../../load/index.ts';
import { get, segmentName } from '../../model/index.ts';
import {
  changeOfName,
  describePart,
  differencesOf,
  isDescribed,
  namedDifferencesOf,
  undescribedField,
} from '../difference-kind.ts';
import { type ChangeKind, type ContractPair, describeField, fieldId, parentOf, samePlaces } from '../kind.ts';
import { type Direction, elsewhereFlag, type Place } from '../surface.ts';

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
    for (const { difference, name } of namedDifferencesOf(pair, 'request', 'extra')) {
      yield changeOfName(
        difference,
        name,
        `${describePart(difference, name)} is gone: requests that carry it are refused`,
      );
    }
    for (const { base, field, parent } of removed(pair, 'request')) {
      if (parent.closed) continue;
      const message = `${describeField(base, field)} is gone: its value is ignored`;
      yield { ...removal(base, field, parent), severity: 'warn', message };
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
    for (const { difference, name } of namedDifferencesOf(pair, 'response', 'missing')) {
      if (isDescribed(difference, name)) continue;
      yield changeOfName(difference, name, `${describePart(difference, name)} is gone: it was always there`);
    }
    for (const difference of differencesOf(pair, 'response', 'undescribed')) {
      const { base, head } = difference.place;
      const field = undescribedField(difference)!;
      const message = `${describePart(difference)} is gone: it is still required, but nobody says what it is`;
      yield { ...removal(base, field, parentOf(head, field)!), message, witness: difference.witness };
    }
    for (const { base, field, parent } of removed(pair, 'response')) {
      if (field.required) continue;
      const message = `${describeField(base, field)} is gone: it was optional`;
      yield { ...removal(base, field, parent), severity: 'warn', message };
    }
  },
};

export const responsePropertyUnexpected: ChangeKind = {
  direction: 'response',
  area: 'property',
  action: 'added',
  rule: {
    id: 'compat/response-property-unexpected',
    severity: 'warn',
    title: 'A response may carry a property that the earlier version ruled out',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers that validate what they receive, or generate their types from the contract, refuse it: the earlier version says that there are no other properties.',
    fix: 'Ask the consumers before it is sent; and leave responses open from the beginning.',
  },
  *detect(pair) {
    for (const { difference, name } of namedDifferencesOf(pair, 'response', 'extra')) {
      yield changeOfName(
        difference,
        name,
        `${describePart(difference, name)} is new, where no other property could be`,
      );
    }
  },
};

/** Topmost removed fields only: what was inside them went with them. `parent` is the parent in the new version. */
function* removed(pair: ContractPair, direction: Direction) {
  for (const { base, head } of samePlaces(pair, direction)) {
    for (const [path, field] of base.table.fields) {
      const kept = head.table.fields.get(path);
      // A response that names it as required without describing it promises nothing that can be read.
      const isDescribedStill = kept && !(direction === 'response' && isUndescribed(kept) && !isUndescribed(field));
      // What only the other direction carries is not in this one, and not missed in it.
      const isElsewhere = ({ cursor }: Field) => get(cursor.value, elsewhereFlag(direction)) === true;
      if ((isDescribedStill && !isElsewhere(kept)) || isStructural(field.path.at(-1))) continue;
      const parent = parentOf(head, field);
      if (parent && couldBeObject(parent) && !isElsewhere(field)) yield { base, field, parent };
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
    facts: { property: segmentName(field.path.at(-1)!) },
    node: parent.cursor,
    inside: [field.path.at(-1)!],
  };
}
