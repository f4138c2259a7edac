/** What pacts really use: which operation or message an interaction is about, and which of its fields. */
import type { Contract, Estate } from '../model/estate.ts';
import type { Location } from '../model/finding.ts';
import { extend, ITEMS, segment, VALUES } from '../model/id.ts';
import { asString, entries, get, type Json, type Path } from '../model/json.ts';
import { down, elements, members, rootOf } from './cursor.ts';
import { type FieldTable, fieldsOf } from './fields.ts';
import {
  type HttpInteraction,
  type Interaction,
  interactionsOf,
  type MessageInteraction,
  type PactBody,
} from './interactions.ts';
import { contentFor } from './media-types.ts';
import { type Message, messagesOf } from './messages.ts';
import { type Content, type Operation, operationsOf, type Response } from './operations.ts';
import { matchRoutes, type Route, routeOf, serverPath, sortRoutes } from './routes.ts';

/** What an interaction is about, found in the contract it names. */
export type Target =
  | {
      readonly kind: 'operation';
      readonly contract: Contract;
      readonly operation: Operation;
      /** The template the path fits, and its values. */
      readonly parameters: ReadonlyMap<string, string>;
      /** The path without the base path of a server. */
      readonly path: string;
      readonly response: Response | undefined;
    }
  | { readonly kind: 'message'; readonly contract: Contract; readonly message: Message }
  | { readonly kind: 'no-contract' }
  | { readonly kind: 'no-match'; readonly contract: Contract; readonly reason: string };

/** Looks targets up; keeps what it reads of each contract. */
export function targetFinder(estate: Estate): (interaction: Interaction) => Target {
  const contracts = new Map(estate.contracts.map(contract => [contract.id, contract]));
  const tables = new Map<Contract, { routes: Route<Operation>[]; bases: string[] }>();
  const messages = new Map<Contract, Message[]>();

  const tableOf = (contract: Contract) => {
    const known = tables.get(contract);
    if (known) return known;
    const routes = operationsOf(estate, contract).map(operation => routeOf(operation.path, operation));
    const table = { routes: sortRoutes(routes), bases: basePathsOf(contract) };
    tables.set(contract, table);
    return table;
  };
  const findOperation = (contract: Contract, interaction: HttpInteraction): Target => {
    const { routes, bases } = tableOf(contract);
    // A consumer may be configured with the whole path or with the address of the server.
    const candidates = [interaction.path, ...bases.flatMap(base => withoutBase(interaction.path, base))];
    for (const path of candidates) {
      const match = matchRoutes(routes, path)?.find(({ value }) => value.method === interaction.method);
      if (!match) continue;
      const response = responseFor(match.value, interaction.status);
      return { kind: 'operation', contract, operation: match.value, parameters: match.parameters, path, response };
    }
    const reason = `it has no operation ${interaction.method.toUpperCase()} ${interaction.path}`;
    return { kind: 'no-match', contract, reason };
  };
  const findMessage = (contract: Contract, interaction: MessageInteraction): Target => {
    const known = messages.get(contract) ?? messagesOf(estate, contract);
    messages.set(contract, known);
    const stated = asString(interaction.metadata.get('message'));
    const named = known.filter(({ name }) => (stated === undefined ? mentions(interaction, name) : name === stated));
    if (named.length === 1) return { kind: 'message', contract, message: named[0]! };
    const names = known.map(({ name }) => name).join(', ');
    const reason = `${stated === undefined ? 'neither the metadata "message" nor the description' : `"${stated}"`} names one of its messages (${names})`;
    return { kind: 'no-match', contract, reason };
  };
  return interaction => {
    const contract = contracts.get(interaction.contractId);
    if (!contract) return { kind: 'no-contract' };
    return interaction.kind === 'http' ? findOperation(contract, interaction) : findMessage(contract, interaction);
  };
}

function mentions(interaction: MessageInteraction, name: string): boolean {
  return interaction.description.split(/[^A-Za-z0-9_.-]+/).includes(name);
}

/** The paths under which servers of the contract offer it, each once. */
export function basePathsOf(contract: Contract): string[] {
  const servers = elements(down(rootOf(contract.file), 'servers'));
  const paths = servers.flatMap(server => {
    const url = asString(get(server.value, 'url'));
    const variables = members(down(server, 'variables'));
    const defaults = variables.map(([name, variable]) => [name, String(get(variable.value, 'default') ?? '')] as const);
    return url === undefined ? [] : [serverPath(url, new Map(defaults))];
  });
  return paths.length === 0 ? [''] : [...new Set(paths)];
}

function withoutBase(path: string, base: string): string[] {
  return base !== '' && path.startsWith(`${base}/`) ? [path.slice(base.length)] : [];
}

/** The response a status belongs to: itself, its class, the default. */
export function responseFor(operation: Operation, status: number): Response | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, 'default'];
  for (const key of keys) {
    const found = operation.responses.find(response => response.status.toUpperCase() === key.toUpperCase());
    if (found) return found;
  }
  return undefined;
}

export interface Usage {
  /** `consumer:ap-automation`. */
  readonly consumer: string;
  /** Description of the interaction. */
  readonly interaction: string;
  /** Id of the operation or message. */
  readonly target: string;
  /** Ids of the parameters, headers and body fields it names; a field stands for those above it. Sorted. */
  readonly fields: readonly string[];
  readonly location: Location;
}

/** Which operations, messages and fields each interaction really uses. What fits no contract is left out. */
export function usageOf(estate: Estate): Usage[] {
  const find = targetFinder(estate);
  return estate.pacts.flatMap(interactionsOf).flatMap(interaction => {
    const target = find(interaction);
    if (target.kind !== 'operation' && target.kind !== 'message') return [];
    const used =
      target.kind === 'operation'
        ? operationFields(estate, interaction, target)
        : messageFields(estate, interaction, target);
    return [
      {
        consumer: `consumer:${interaction.pact.consumer}`,
        interaction: interaction.description,
        target: target.kind === 'operation' ? target.operation.id : target.message.id,
        fields: [...new Set(used)].sort(),
        location: locate(interaction),
      },
    ];
  });
}

/** The line that describes the interaction. */
export function locate(interaction: Interaction): Location {
  return interaction.cursor.file.locate([...interaction.cursor.path, 'description']);
}

function operationFields(
  estate: Estate,
  interaction: Interaction,
  target: Extract<Target, { kind: 'operation' }>,
): string[] {
  if (interaction.kind !== 'http') return [];
  const { operation, response } = target;
  const sent = new Set([...interaction.request.headers.keys()].map(name => name.toLowerCase()));
  const parameters = operation.parameters.filter(({ name, in: place }) => {
    if (place === 'path') return target.parameters.has(name);
    return place === 'query' ? interaction.query.has(name) : place === 'header' && sent.has(name.toLowerCase());
  });
  const received = new Set([...interaction.response.headers.keys()].map(name => name.toLowerCase()));
  const answer = response && extend(operation.id, 'response', segment(response.status));
  return [
    ...parameters.map(({ name, in: place }) => extend(operation.id, 'request', place, segment(name))),
    ...bodyFields(
      estate,
      interaction.request.body,
      operation.requestBody?.content,
      extend(operation.id, 'request', 'body'),
    ),
    ...(answer === undefined
      ? []
      : [
          ...response!.headers
            .filter(({ name }) => received.has(name.toLowerCase()))
            .map(({ name }) => extend(answer, 'header', segment(name))),
          ...bodyFields(estate, interaction.response.body, response!.content, extend(answer, 'body')),
        ]),
  ];
}

function messageFields(
  estate: Estate,
  interaction: Interaction,
  target: Extract<Target, { kind: 'message' }>,
): string[] {
  const payload = interaction.kind === 'message' ? interaction.payload : undefined;
  if (!payload || !target.message.payload) return [];
  const table = fieldsOf(estate, target.message.payload);
  return namedFields(payload, table).map(({ path }) => extend(target.message.id, 'payload', ...path));
}

function bodyFields(
  estate: Estate,
  body: PactBody | undefined,
  contents: readonly Content[] | undefined,
  root: string,
): string[] {
  const schema = body && contentFor(contents ?? [], body.contentType)?.schema;
  if (!body || !schema) return [];
  return namedFields(body, fieldsOf(estate, schema)).map(({ path }) => extend(root, ...path));
}

export interface NamedField {
  /** Escaped id segments. */
  readonly path: readonly string[];
  /** Steps in the pact's body; undefined where only a matching rule names it. */
  readonly steps: Path | undefined;
  /** Whether the schema has it, or leaves open what may be there. */
  readonly known: boolean;
}

/** The deepest fields that a body and its matching rules name, each once. */
export function namedFields(body: PactBody, table: FieldTable): NamedField[] {
  const found = new Map<string, NamedField>();
  const add = (steps: Path, isValue: boolean) => {
    const { path, known } = placeOf(steps, table);
    const key = path.join('/');
    if (!found.has(key)) found.set(key, { path, steps: isValue ? steps : undefined, known });
  };
  for (const steps of leavesOf(body.value)) add(steps, true);
  for (const steps of body.rules) {
    const { path } = placeOf(steps, table);
    const prefix = path.join('/');
    const isCovered =
      path.length === 0 || [...found.keys()].some(key => key === prefix || key.startsWith(`${prefix}/`));
    if (!isCovered) add(steps, false);
  }
  return [...found.values()];
}

function leavesOf(value: Json, path: Path = []): Path[] {
  const children: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : entries(value);
  return children.length === 0 ? [path] : children.flatMap(([key, child]) => leavesOf(child, [...path, key]));
}

/** Steps of an instance as segments of an id, told by the fields the schema has. */
export function placeOf(steps: Path, table: FieldTable): { path: string[]; known: boolean } {
  const path: string[] = [];
  let known = true;
  const has = (candidate: readonly string[]) => table.fields.has(candidate.join('/'));
  for (const step of steps) {
    const here = path.join('/');
    const named = typeof step === 'number' ? ITEMS : segment(step);
    const options = step === '*' ? [ITEMS, VALUES] : [named, VALUES];
    const fitting = options.find(option => has([...path, option]));
    if (fitting === undefined && known) known = isFree(here, table);
    path.push(fitting ?? (step === '*' ? ITEMS : named));
  }
  return { path, known };
}

/** Whether the schema says nothing about what is inside, or the table stops there. */
function isFree(at: string, table: FieldTable): boolean {
  if (table.truncated) return true;
  if (table.recursive.some(place => place === at || at.startsWith(place === '' ? '' : `${place}/`))) return true;
  const field = table.fields.get(at);
  if (!field || field.closed) return false;
  if (field.types && !field.types.has('object') && !field.types.has('array')) return false;
  const prefix = at === '' ? '' : `${at}/`;
  const hasChildren = [...table.fields.keys()].some(key => key !== '' && key !== at && key.startsWith(prefix));
  return !hasChildren;
}
