/** What a contract consists of, as a tree of id segments. Each level is computed when someone looks below it. */
import {
  type Content,
  down,
  elements,
  fieldsOf,
  members,
  messagesOf,
  type Operation,
  operationsOf,
  rootOf,
} from '../load/index.ts';
import { asString, type Contract, type Cursor, type Estate, get, segment } from '../model/index.ts';

export interface Place {
  /** Escaped segments from the place above to this one. */
  readonly segments: readonly string[];
  readonly inside: () => readonly Place[];
}

const NOTHING = (): readonly Place[] => [];

type Files = Pick<Estate, 'files'>;

/** Operations, messages, steps, fields: everything that the id grammar can name in the contract. */
export function placesOf(estate: Files, contract: Contract): readonly Place[] {
  const root = rootOf(contract.file);
  if (!root) return [];
  switch (contract.dialect.name) {
    case 'openapi':
      return [
        ...operationsOf(estate, contract).map(operation => operationPlace(estate, operation)),
        ...members(down(root, 'webhooks')).map(([name]) => place(['webhooks', segment(name)])),
        ...components(root),
      ];
    case 'asyncapi':
      return [...messagePlaces(estate, contract), ...named(root, 'operations'), ...channels(root), ...components(root)];
    case 'json-schema':
      return [...fieldPlaces(estate, [root]), ...definitions(estate, root)];
    case 'arazzo':
      return steps(root);
    case 'mapping':
      return (['toVendor', 'toCanonical'] as const).map(direction => templatePlace(direction, down(root, direction)));
    default:
      return contract.kind === 'file' ? records(root) : [];
  }
}

function operationPlace(estate: Files, { name, cursor, parameters, requestBody, responses }: Operation): Place {
  return place([segment(name)], () => [
    ...parameters.map(parameter => place(['request', parameter.in, segment(parameter.name)])),
    ...(requestBody ? [bodyPlace(estate, ['request', 'body'], requestBody.content)] : []),
    ...responses.map(response =>
      place(['response', segment(response.status)], () => [
        ...response.headers.map(header => place(['header', segment(header.name)])),
        ...(response.content.length > 0 ? [bodyPlace(estate, ['body'], response.content)] : []),
      ]),
    ),
    ...members(down(cursor, 'callbacks')).map(([callback]) => place(['callbacks', segment(callback)])),
  ]);
}

function bodyPlace(estate: Files, segments: readonly string[], content: readonly Content[]): Place {
  return place(segments, () =>
    fieldPlaces(
      estate,
      content.flatMap(({ schema }) => schema ?? []),
    ),
  );
}

function messagePlaces(estate: Files, contract: Contract): Place[] {
  return messagesOf(estate, contract).map(({ name, payload }) =>
    place([segment(name)], () => (payload ? [place(['payload'], () => fieldPlaces(estate, [payload]))] : [])),
  );
}

function channels(root: Cursor): Place[] {
  return named(root, 'channels').map(({ segments }) => place(['channels', ...segments]));
}

/** Shared parts by kind and name; the fields of a shared schema are found where it is used. */
function components(root: Cursor): Place[] {
  return members(down(root, 'components')).flatMap(([kind, parts]) =>
    members(parts).map(([name]) => place(['components', segment(kind), segment(name)])),
  );
}

function definitions(estate: Files, root: Cursor): Place[] {
  return members(down(root, '$defs')).map(([name, schema]) =>
    place(['$defs', segment(name)], () => fieldPlaces(estate, [schema])),
  );
}

function steps(root: Cursor): Place[] {
  return elements(down(root, 'workflows')).flatMap(workflow =>
    elements(down(workflow, 'steps')).flatMap(step => {
      const name = asString(get(step.value, 'stepId'));
      return name === undefined ? [] : [place([segment(name)])];
    }),
  );
}

/** Records of a file layout, each with its fields by name. */
function records(root: Cursor): Place[] {
  return members(down(root, 'records')).map(([name, record]) =>
    place([segment(name)], () =>
      elements(down(record, 'fields')).flatMap(field => {
        const fieldName = asString(get(field.value, 'name'));
        return fieldName === undefined ? [] : [place([segment(fieldName)])];
      }),
    ),
  );
}

function templatePlace(name: string, template: Cursor | undefined): Place {
  return place([segment(name)], () => members(template).map(([property, child]) => templatePlace(property, child)));
}

function fieldPlaces(estate: Files, schemas: readonly Cursor[]): Place[] {
  return schemas.flatMap(schema =>
    [...fieldsOf(estate, schema).fields.values()].flatMap(({ path }) => (path.length === 0 ? [] : [place(path)])),
  );
}

function named(root: Cursor, key: string): Place[] {
  return members(down(root, key)).map(([name]) => place([segment(name)]));
}

/** Computed once: many patterns look into the same contract. */
function place(segments: readonly string[], inside: Place['inside'] = NOTHING): Place {
  let found: readonly Place[] | undefined;
  return {
    segments,
    inside: () => {
      found ??= inside();
      return found;
    },
  };
}
