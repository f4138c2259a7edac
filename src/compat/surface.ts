/** What a contract promises to, and asks of, whoever is on the other side: the places at which two versions are compared. */
import {
  type Channel,
  type Content,
  channelsOf,
  down,
  essence,
  type FieldTable,
  fieldsOf,
  type Message,
  messagesOf,
  type Operation,
  operationsOf,
  type Parameter,
  type Response,
  reversedOperationsOf,
  rootOf,
} from '../load/index.ts';
import { type Contract, type Cursor, type Estate, extend, segment } from '../model/index.ts';

/** `request`: the contract's owner receives it. `response`: the contract's owner produces it. */
export type Direction = 'request' | 'response';

/** Says of a property that it goes the other way only. */
export function elsewhereFlag(direction: Direction): 'readOnly' | 'writeOnly' {
  return direction === 'request' ? 'readOnly' : 'writeOnly';
}

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
  /** `true` where the document does not say what it may hold. */
  readonly schema: Cursor;
  readonly table: FieldTable;
}

/** The same place in two versions. */
export interface PlacePair {
  readonly base: Place;
  readonly head: Place;
}

/** A call that crosses the seam, with the key that makes it the same call in another version. */
export interface Call {
  readonly operation: Operation;
  /** Method and path with the names of its parameters erased, `GET /suppliers/{}`; or the webhook or callback. */
  readonly key: string;
  /** For people: `GET /suppliers/{supplierId}`, `POST of webhook "orderShipped"`. */
  readonly title: string;
  /** Whether the contract's owner calls and its consumers serve: a webhook or a callback. */
  readonly isReversed: boolean;
  /** The way that its requests go, and that its responses go. */
  readonly asks: Direction;
  readonly answers: Direction;
}

export interface Surface {
  readonly contract: Contract;
  readonly calls: ReadonlyMap<string, Call>;
  readonly places: ReadonlyMap<string, Place>;
  readonly messages: ReadonlyMap<string, Message>;
  readonly channels: ReadonlyMap<string, Channel>;
}

/**
 * `before` is the earlier version of the same contract: a channel of another name at the same address is the same
 * channel, since its name is no part of what goes over the wire.
 */
export function surfaceOf(estate: Estate, contract: Contract, before?: Surface): Surface {
  const tables = new Map<Cursor, FieldTable>();
  const tableOf = (schema: Cursor) => {
    const table = tables.get(schema) ?? fieldsOf(estate, schema);
    tables.set(schema, table);
    return table;
  };
  const calls = callsOf(estate, contract);
  const channels = channelsOf(estate, contract);
  const known = nameBefore(channels, before);
  const messages = messagesOf(estate, contract).map(message => ({ ...message, channel: known(message.channel) }));
  const places = [
    ...calls.flatMap(call => [...callPlaces(call, tableOf)]),
    ...messages.flatMap(message => [...messagePlaces(message, tableOf)]),
    ...schemaPlaces(contract, tableOf),
  ];
  return {
    contract,
    channels: new Map(channels.map(channel => [known(channel.name), channel])),
    calls: new Map(calls.map(call => [call.key, call])),
    // Per direction: a message that is sent no longer is gone, also where it is still received.
    messages: new Map(
      messages.flatMap(message =>
        actionsOf(message).map(action => [`${action} ${message.channel} ${message.name}`, message]),
      ),
    ),
    places: new Map(places.map(place => [`${place.direction} ${place.key}`, place])),
  };
}

function nameBefore(channels: readonly Channel[], before: Surface | undefined): (name: string) => string {
  const addresses = new Map(channels.map(({ name, address }) => [name, address]));
  return name => {
    if (!before || before.channels.has(name)) return name;
    const address = addresses.get(name);
    const same = [...before.channels].find(([, earlier]) => address !== undefined && earlier.address === address);
    return same?.[0] ?? name;
  };
}

function callsOf(estate: Estate, contract: Contract): Call[] {
  const calls = operationsOf(estate, contract).map((operation): Call => {
    const method = operation.method.toUpperCase();
    return {
      operation,
      key: `${method} ${operation.path.replaceAll(/\{[^{}]*\}/g, '{}')}`,
      title: `${method} ${operation.path}`,
      isReversed: false,
      asks: 'request',
      answers: 'response',
    };
  });
  const reversed = reversedOperationsOf(estate, contract).map((operation): Call => {
    const title = `${operation.method.toUpperCase()} of ${operation.origin} "${operation.path}"`;
    return { operation, key: operation.key, title, isReversed: true, asks: 'response', answers: 'request' };
  });
  return [...calls, ...reversed];
}

/** `event:suppliers@1#channels/supplierEvents`. */
export function channelId({ contract }: Pick<Surface, 'contract'>, name: string): string {
  return extend(contract.id, 'channels', segment(name));
}

type TableOf = (schema: Cursor) => FieldTable;

function* callPlaces(call: Call, tableOf: TableOf): Iterable<Place> {
  const { operation, title, key } = call;
  for (const parameter of operation.parameters) {
    const { name, in: where, required, cursor } = parameter;
    const schema = parameter.schema ?? anything(cursor);
    yield {
      id: extend(operation.id, 'request', where, segment(name)),
      key: `${key} ${parameterKey(operation, parameter)}`,
      direction: call.asks,
      name: `${where} parameter "${name}" of ${title}`,
      required,
      cursor,
      schema,
      table: tableOf(schema),
    };
  }
  yield* undescribedVariables(call, tableOf);
  const body = operation.requestBody;
  yield* contentPlaces(body?.content ?? [], tableOf, {
    id: extend(operation.id, 'request', 'body'),
    key: `${key} body`,
    direction: call.asks,
    name: `request body of ${title}`,
    required: body?.required ?? false,
  });
  for (const response of operation.responses) yield* responsePlaces(call, response, tableOf);
}

/** A variable of the path is there whether or not it is described, and may then be any text. */
function* undescribedVariables({ operation, title, key, asks }: Call, tableOf: TableOf): Iterable<Place> {
  const described = new Set(operation.parameters.flatMap(({ in: where, name }) => (where === 'path' ? [name] : [])));
  for (const [name, position] of pathPositions(operation.path)) {
    if (described.has(name)) continue;
    const schema = { ...operation.cursor, value: { type: 'string' } };
    yield {
      id: extend(operation.id, 'request', 'path', segment(name)),
      key: `${key} path #${position}`,
      direction: asks,
      name: `path parameter "${name}" of ${title}`,
      required: true,
      cursor: operation.cursor,
      schema,
      table: tableOf(schema),
    };
  }
}

/** A path parameter is known by its position, since its name is not part of the request; headers have no case. */
export function parameterKey(operation: Operation, { in: where, name }: Parameter): string {
  if (where === 'path') return `path #${pathPositions(operation.path).get(name)}`;
  return `${where} ${where === 'header' ? name.toLowerCase() : name}`;
}

function* responsePlaces(call: Call, response: Response, tableOf: TableOf): Iterable<Place> {
  const { key, title, answers: direction } = call;
  const id = extend(call.operation.id, 'response', response.status);
  const name = `${response.status} response of ${title}`;
  for (const header of response.headers) {
    yield {
      direction,
      id: extend(id, 'header', segment(header.name)),
      key: `${key} ${response.status} header ${header.name.toLowerCase()}`,
      name: `header "${header.name}" of the ${name}`,
      required: header.required,
      cursor: header.cursor,
      schema: header.schema ?? anything(header.cursor),
      table: tableOf(header.schema ?? anything(header.cursor)),
    };
  }
  const common = { direction, required: true, id: extend(id, 'body'), key: `${key} ${response.status}`, name };
  yield* contentPlaces(response.content, tableOf, common);
}

function* contentPlaces(
  content: readonly Content[],
  tableOf: TableOf,
  common: Pick<Place, 'id' | 'key' | 'direction' | 'name' | 'required'>,
): Iterable<Place> {
  for (const one of content) {
    const { mediaType, cursor } = one;
    const schema = one.schema ?? anything(cursor);
    yield { ...common, key: `${common.key} ${essence(mediaType)}`, cursor, schema, table: tableOf(schema) };
  }
}

/** Stands for a schema that is not written. */
function anything(cursor: Cursor): Cursor {
  return { ...cursor, value: true };
}

/** A message that no operation names is taken to be sent: that is what its readers rely on. */
function actionsOf({ actions }: Message): ('send' | 'receive')[] {
  return actions.length === 0 ? ['send'] : [...new Set(actions)];
}

function* messagePlaces(message: Message, tableOf: TableOf): Iterable<Place> {
  const { payload, headers } = message;
  const key = down(message.cursor, 'bindings', 'kafka', 'key');
  for (const action of actionsOf(message)) {
    const direction = action === 'send' ? 'response' : 'request';
    for (const [part, schema] of Object.entries({ payload, headers, key })) {
      if (!schema) continue;
      yield {
        id: extend(message.id, part),
        key: `${message.channel} ${message.name} ${part}`,
        direction,
        name: `${part} of message "${message.name}"`,
        required: true,
        cursor: message.cursor,
        schema,
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
    const common = { direction, required: true, cursor: root, schema: root };
    yield { ...common, id: contract.id, key: 'schema', name: `schema "${contract.title}"`, table: tableOf(root) };
  }
}

function pathPositions(path: string): Map<string, number> {
  return new Map([...path.matchAll(/\{([^{}]*)\}/g)].map((match, index) => [match[1]!, index]));
}
