/** What a contract promises to, and asks of, whoever is on the other side: the places at which two versions are compared. */
import {
  type Content,
  essence,
  type FieldTable,
  fieldsOf,
  type Message,
  messagesOf,
  type Operation,
  operationsOf,
  rootOf,
} from '../load/index.ts';
import { type Contract, type Cursor, type Estate, extend, segment } from '../model/index.ts';

/** `request`: the contract's owner receives it. `response`: the contract's owner produces it. */
export type Direction = 'request' | 'response';

/** One document that crosses the seam: a body, a parameter, a header, a message, a schema of its own. */
export interface Place {
  /** `api:suppliers@1#createSupplier/request/body`. */
  readonly id: string;
  /** What makes it the same place in another version; ids carry no media type and no written path. */
  readonly key: string;
  readonly direction: Direction;
  /** For people: `request body of POST /suppliers`. */
  readonly name: string;
  readonly required: boolean;
  readonly cursor: Cursor;
  readonly table: FieldTable;
}

export interface Surface {
  readonly contract: Contract;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly places: ReadonlyMap<string, Place>;
  readonly messages: ReadonlyMap<string, Message>;
}

export function surfaceOf(estate: Estate, contract: Contract): Surface {
  const tables = new Map<Cursor, FieldTable>();
  const tableOf = (schema: Cursor) => {
    const table = tables.get(schema) ?? fieldsOf(estate, schema);
    tables.set(schema, table);
    return table;
  };
  const operations = operationsOf(estate, contract);
  const messages = messagesOf(estate, contract);
  const places = [
    ...operations.flatMap(operation => [...operationPlaces(operation, tableOf)]),
    ...messages.flatMap(message => [...messagePlaces(message, tableOf)]),
    ...schemaPlaces(contract, tableOf),
  ];
  return {
    contract,
    operations: new Map(operations.map(operation => [operationKey(operation), operation])),
    // Per direction: a message that is sent no longer is gone, also where it is still received.
    messages: new Map(
      messages.flatMap(message =>
        actionsOf(message).map(action => [`${action} ${message.channel} ${message.name}`, message]),
      ),
    ),
    places: new Map(places.map(place => [`${place.direction} ${place.key}`, place])),
  };
}

/** Method and path with the names of its parameters erased: `GET /suppliers/{}`. */
export function operationKey({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path.replaceAll(/\{[^{}]*\}/g, '{}')}`;
}

type TableOf = (schema: Cursor) => FieldTable;

function* operationPlaces(operation: Operation, tableOf: TableOf): Iterable<Place> {
  const key = operationKey(operation);
  const title = `${operation.method.toUpperCase()} ${operation.path}`;
  const positions = pathPositions(operation.path);
  for (const { name, in: where, required, cursor, schema } of operation.parameters) {
    if (!schema) continue;
    // A path parameter is known by its position, since its name is not part of the request.
    const own = where === 'path' ? `#${positions.get(name)}` : where === 'header' ? name.toLowerCase() : name;
    yield {
      id: extend(operation.id, 'request', where, segment(name)),
      key: `${key} ${where} ${own}`,
      direction: 'request',
      name: `${where} parameter "${name}" of ${title}`,
      required,
      cursor,
      table: tableOf(schema),
    };
  }
  const body = operation.requestBody;
  yield* contentPlaces(body?.content ?? [], tableOf, {
    id: extend(operation.id, 'request', 'body'),
    key: `${key} body`,
    direction: 'request',
    name: `request body of ${title}`,
    required: body?.required ?? false,
  });
  for (const response of operation.responses) {
    const id = extend(operation.id, 'response', response.status);
    const common = { direction: 'response' as const, required: true };
    for (const { name, required, cursor, schema } of response.headers) {
      yield {
        direction: 'response',
        id: extend(id, 'header', segment(name)),
        key: `${key} ${response.status} header ${name.toLowerCase()}`,
        name: `header "${name}" of the ${response.status} response of ${title}`,
        required,
        cursor,
        table: tableOf(schema ?? cursor),
      };
    }
    yield* contentPlaces(response.content, tableOf, {
      ...common,
      id: extend(id, 'body'),
      key: `${key} ${response.status}`,
      name: `${response.status} response of ${title}`,
    });
  }
}

function* contentPlaces(
  content: readonly Content[],
  tableOf: TableOf,
  common: Pick<Place, 'id' | 'key' | 'direction' | 'name' | 'required'>,
): Iterable<Place> {
  for (const { mediaType, schema, cursor } of content) {
    if (schema) yield { ...common, key: `${common.key} ${essence(mediaType)}`, cursor, table: tableOf(schema) };
  }
}

/** A message that no operation names is taken to be sent: that is what its readers rely on. */
function actionsOf({ actions }: Message): ('send' | 'receive')[] {
  return actions.length === 0 ? ['send'] : [...new Set(actions)];
}

function* messagePlaces(message: Message, tableOf: TableOf): Iterable<Place> {
  const { payload, headers } = message;
  for (const action of actionsOf(message)) {
    const direction = action === 'send' ? 'response' : 'request';
    for (const [part, schema] of Object.entries({ payload, headers })) {
      if (!schema) continue;
      yield {
        id: extend(message.id, part),
        key: `${message.channel} ${message.name} ${part}`,
        direction,
        name: `${part} of message "${message.name}"`,
        required: true,
        cursor: message.cursor,
        table: tableOf(schema),
      };
    }
  }
}

/** A schema on its own is read by some and written by others: it must hold in both directions. */
function* schemaPlaces(contract: Contract, tableOf: TableOf): Iterable<Place> {
  const root = contract.kind === 'schema' ? rootOf(contract.file) : undefined;
  if (!root) return;
  for (const direction of ['request', 'response'] as const) {
    const common = { direction, required: true, cursor: root };
    yield { ...common, id: contract.id, key: 'schema', name: `schema "${contract.title}"`, table: tableOf(root) };
  }
}

function pathPositions(path: string): Map<string, number> {
  return new Map([...path.matchAll(/\{([^{}]*)\}/g)].map((match, index) => [match[1]!, index]));
}
