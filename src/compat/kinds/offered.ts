/** What a new version offers in addition. It hurts nobody; release notes name it. */
import { essence, isStructural } from '../../load/index.ts';
import { extend, type Rule, segment } from '../../model/index.ts';
import { type ChangeKind, type ContractPair, describeField, fieldId, placeOf, sameCalls, samePlaces } from '../kind.ts';
import type { Direction } from '../surface.ts';
import { parameterKey } from '../surface.ts';

const offered = {
  severity: 'info',
  why: 'It is an offer that nobody has to take.',
  fix: 'Nothing to do; mention it in the release notes.',
} as const satisfies Partial<Rule>;

export const requestParameterAdded: ChangeKind = {
  direction: 'request',
  area: 'parameter',
  action: 'added',
  rule: { ...offered, id: 'compat/request-parameter-added', title: 'A parameter was added that may be left out' },
  *detect(pair) {
    for (const { base, head } of sameCalls(pair)) {
      const known = new Set(base.operation.parameters.map(parameter => parameterKey(base.operation, parameter)));
      for (const parameter of head.operation.parameters) {
        if (parameter.required || known.has(parameterKey(head.operation, parameter))) continue;
        const id = extend(base.operation.id, 'request', parameter.in, segment(parameter.name));
        const message = `${base.title} takes a new ${parameter.in} parameter "${parameter.name}"`;
        yield { subject: id, message, location: placeOf(parameter.cursor), facts: {} };
      }
    }
  },
};

export const responseHeaderAdded: ChangeKind = {
  direction: 'response',
  area: 'parameter',
  action: 'added',
  rule: { ...offered, id: 'compat/response-header-added', title: 'A response header was added' },
  *detect(pair) {
    for (const { base, head } of sameCalls(pair)) {
      for (const response of head.operation.responses) {
        const before = base.operation.responses.find(({ status }) => status === response.status);
        if (!before) continue;
        const known = new Set(before.headers.map(({ name }) => name.toLowerCase()));
        for (const { name, cursor } of response.headers) {
          if (known.has(name.toLowerCase())) continue;
          const id = extend(base.operation.id, 'response', response.status, 'header', segment(name));
          const message = `the ${response.status} response of ${base.title} carries a new header "${name}"`;
          yield { subject: id, message, location: placeOf(cursor), facts: {} };
        }
      }
    }
  },
};

export const responseAdded: ChangeKind = {
  direction: 'response',
  area: 'response',
  action: 'added',
  rule: {
    ...offered,
    id: 'compat/response-added',
    title: 'A status code was added',
    why: 'Consumers must take any status code by its class (RFC 9110 §15); those that do are not hurt.',
  },
  *detect(pair) {
    for (const { base, head } of sameCalls(pair)) {
      if (base.isReversed) continue;
      const known = new Set(base.operation.responses.map(({ status }) => status));
      for (const { status, cursor } of head.operation.responses) {
        if (known.has(status)) continue;
        const id = extend(base.operation.id, 'response', status);
        yield { subject: id, message: `${base.title} may now answer ${status}`, location: placeOf(cursor), facts: {} };
      }
    }
  },
};

export const requestMediaTypeAdded: ChangeKind = {
  direction: 'request',
  area: 'media-type',
  action: 'added',
  rule: { ...offered, id: 'compat/request-media-type-added', title: 'Another request media type is accepted' },
  *detect(pair) {
    for (const { base, head } of sameCalls(pair)) {
      const known = new Set((base.operation.requestBody?.content ?? []).map(({ mediaType }) => essence(mediaType)));
      for (const { mediaType, cursor } of head.operation.requestBody?.content ?? []) {
        if (known.has(essence(mediaType)) || base.isReversed) continue;
        const id = extend(base.operation.id, 'request', 'body');
        const message = `the request body of ${base.title} may now be ${mediaType}`;
        yield { subject: id, message, location: placeOf(cursor), facts: { mediaType } };
      }
    }
  },
};

export const requestPropertyAdded: ChangeKind = {
  direction: 'request',
  area: 'property',
  action: 'added',
  rule: { ...offered, id: 'compat/request-property-added', title: 'A request property was added that may be left out' },
  detect: pair => propertiesAdded(pair, 'request'),
};

export const responsePropertyAdded: ChangeKind = {
  direction: 'response',
  area: 'property',
  action: 'added',
  rule: {
    ...offered,
    id: 'compat/response-property-added',
    title: 'A response property was added',
    why: 'Consumers ignore what they do not know, by the content-model policy in force.',
  },
  detect: pair => propertiesAdded(pair, 'response'),
};

/** Topmost new fields only: what is inside them came with them. */
function* propertiesAdded(pair: ContractPair, direction: Direction) {
  for (const { base, head } of samePlaces(pair, direction)) {
    for (const [path, field] of head.table.fields) {
      const parent = field.path.slice(0, -1).join('/');
      const isNew = field.path.length > 0 && !base.table.fields.has(path) && base.table.fields.has(parent);
      if (!isNew || isStructural(field.path.at(-1)) || (direction === 'request' && field.required)) continue;
      const message = `${describeField(head, field)} is new`;
      const location = placeOf(field.cursor);
      yield { subject: fieldId(base, field), message, location, facts: {}, node: field.cursor };
    }
  }
}
