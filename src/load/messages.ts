/** The messages of an AsyncAPI 2.x or 3.x document, seen from the application that the document describes. */
import type { Contract, Cursor, Estate } from '../model/estate.ts';
import { extend, segment } from '../model/id.ts';
import { asString, get } from '../model/json.ts';
import { down, elements, members, nodeKey, rootOf } from './cursor.ts';
import { deref, refOf } from './refs.ts';

export interface Message {
  /** `event:suppliers@1#supplierApproved`. */
  readonly id: string;
  readonly name: string;
  readonly channel: string;
  readonly cursor: Cursor;
  readonly payload: Cursor | undefined;
  readonly headers: Cursor | undefined;
  /** Whether the described application sends it, receives it, or both. */
  readonly actions: readonly ('send' | 'receive')[];
  /** Names of the operations that are about it; in 2.x their operationId. */
  readonly operations: readonly string[];
  readonly examples: readonly Cursor[];
}

export function messagesOf(estate: Pick<Estate, 'files'>, contract: Contract): Message[] {
  if (contract.dialect.name !== 'asyncapi') return [];
  const follow = (cursor: Cursor | undefined) => deref(estate.files, cursor);
  return contract.dialect.version.startsWith('2') ? messages2(contract, follow) : messages3(contract, follow);
}

export interface Channel {
  readonly name: string;
  /** Topic, queue or path; undefined where it is not known before run time (AsyncAPI 3.0, Channel Object). */
  readonly address: string | undefined;
  readonly cursor: Cursor;
}

/** In 2.x a channel is called by its address. */
export function channelsOf({ files }: Pick<Estate, 'files'>, contract: Contract): Channel[] {
  if (contract.dialect.name !== 'asyncapi') return [];
  const isOld = contract.dialect.version.startsWith('2');
  return members(down(rootOf(contract.file), 'channels')).flatMap(([name, reference]) => {
    const cursor = deref(files, reference);
    if (!cursor) return [];
    return [{ name, address: isOld ? name : asString(get(cursor.value, 'address')), cursor }];
  });
}

type Follow = (cursor: Cursor | undefined) => Cursor | undefined;

function messages3(contract: Contract, follow: Follow): Message[] {
  const root = rootOf(contract.file);
  const operations = members(down(root, 'operations')).map(([name, operation]) => ({
    name,
    cursor: follow(operation),
  }));
  return members(down(root, 'channels')).flatMap(([channelName, reference]) => {
    const channel = follow(reference);
    return members(down(channel, 'messages')).flatMap(([name, message]) => {
      const cursor = follow(message);
      if (!channel || !cursor) return [];
      const users = operations.filter(operation => uses(operation.cursor, channel, cursor, follow));
      const actions = users.map(user => (get(user.cursor?.value, 'action') === 'receive' ? 'receive' : 'send'));
      return [
        messageFrom(contract, name, channelName, cursor, { actions, operations: users.map(user => user.name) }, follow),
      ];
    });
  });
}

/** An operation without a list of messages is about all messages of its channel (AsyncAPI 3.0, Operation Object). */
function uses(operation: Cursor | undefined, channel: Cursor, message: Cursor, follow: Follow): boolean {
  const target = follow(down(operation, 'channel'));
  if (!target || nodeKey(target) !== nodeKey(channel)) return false;
  const listed = down(operation, 'messages');
  return !listed || elements(listed).some(item => nodeKey(follow(item) ?? item) === nodeKey(message));
}

/** In 2.x, `subscribe` is what others may subscribe to: the application sends it. */
function messages2(contract: Contract, follow: Follow): Message[] {
  return members(down(rootOf(contract.file), 'channels')).flatMap(([channelName, reference]) => {
    const channel = follow(reference);
    return (['subscribe', 'publish'] as const).flatMap(verb => {
      const single = down(channel, verb, 'message');
      const target = follow(single);
      const references = down(target, 'oneOf') ? elements(down(target, 'oneOf')) : single ? [single] : [];
      return references.flatMap(message => {
        const cursor = follow(message);
        if (!cursor) return [];
        const stated = asString(get(cursor.value, 'messageId')) ?? asString(get(cursor.value, 'name'));
        const name = stated ?? refOf(message)?.split('/').at(-1) ?? channelName;
        const operationId = asString(get(down(channel, verb)?.value, 'operationId'));
        const operations = operationId === undefined ? [] : [operationId];
        const action = verb === 'subscribe' ? 'send' : 'receive';
        return [messageFrom(contract, name, channelName, cursor, { actions: [action], operations }, follow)];
      });
    });
  });
}

function messageFrom(
  contract: Contract,
  name: string,
  channel: string,
  cursor: Cursor,
  users: Pick<Message, 'actions' | 'operations'>,
  follow: Follow,
): Message {
  const payload = follow(down(cursor, 'payload'));
  return {
    id: extend(contract.id, segment(name)),
    name,
    channel,
    cursor,
    // A multi-format schema object wraps the schema it carries.
    payload: get(payload?.value, 'schemaFormat') === undefined ? payload : down(payload, 'schema'),
    headers: follow(down(cursor, 'headers')),
    ...users,
    examples: elements(down(cursor, 'examples')).flatMap(example => down(example, 'payload') ?? []),
  };
}
