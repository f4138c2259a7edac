/** From contracts and mock definitions to everything a mock needs to answer: computed once, then only read. */
import { closest } from 'fastest-levenshtein';
import { down, elements, rootOf } from '../load/cursor.ts';
import { fieldsOf } from '../load/fields.ts';
import { type Content, examplesOf, type Operation, operationsOf, type Parameter } from '../load/operations.ts';
import { basePathsOf } from '../load/pacts.ts';
import { deref } from '../load/refs.ts';
import { type Route, routeOf, sortRoutes } from '../load/routes.ts';
import type { Contract, Cursor, Estate } from '../model/estate.ts';
import { asString, entries, get, getIn, items, type Json } from '../model/json.ts';
import type { Behaviour, MockFiles, StateEffect } from './definition.ts';
import type { Dialect } from './dialects/dialect.ts';
import { DIALECTS } from './dialects/index.ts';
import type { Credential, PlannedContent, PlannedExample, PlannedOperation, PlannedParameter } from './planned.ts';
import { type Validators, validatorsFor } from './validate.ts';

export interface MockPlan {
  /** Id of the system or contract. */
  readonly target: string;
  readonly title: string;
  readonly contracts: readonly PlannedContract[];
  readonly operations: readonly PlannedOperation[];
  readonly routes: readonly Route<PlannedOperation>[];
  readonly dialect: Dialect | undefined;
  readonly behaviours: readonly Behaviour[];
  readonly states: ReadonlyMap<string, StateEffect>;
}

export interface PlannedContract {
  readonly id: string;
  /** Paths under which it is offered, from its servers; `` where it stands at the root. */
  readonly bases: readonly string[];
}

export interface PlanError {
  /** For the user: what was asked for and what there is. */
  readonly error: string;
}

/**
 * `target` is the name of a system (its vendor contracts together, each under the path of its server) or a contract:
 * `sap-s4hana`, `system:sap-s4hana`, `api:suppliers@2`, `suppliers@2`.
 */
export function planMock(estate: Estate, target: string, mocks?: MockFiles): MockPlan | PlanError {
  const broken = mocks?.findings.find(({ severity }) => severity === 'error');
  if (broken) return { error: `${broken.location.file}:${broken.location.line}: ${broken.message}` };
  const chosen = choose(estate, target);
  if ('error' in chosen) return chosen;
  const { id, contracts } = chosen;

  // A vendor's contract behaves like its system, also when it is served alone.
  const systems = contracts.flatMap(({ governance }) =>
    governance?.layer === 'vendor' ? (governance.system ?? []) : [],
  );
  const wanted = new Set([id, ...systems, ...contracts.map(contract => contract.id)]);
  const definitions = (mocks?.definitions ?? []).filter(({ value }) => wanted.has(value.for));
  const names = new Set(definitions.flatMap(({ value }) => value.dialect ?? []));
  if (names.size > 1)
    return { error: `the mock definitions of ${id} name different dialects: ${[...names].join(', ')}` };
  const [dialectName] = names;
  const dialect = DIALECTS.find(({ name }) => name === dialectName);
  if (dialectName !== undefined && !dialect) {
    return {
      error: unknown(
        'dialect',
        dialectName,
        DIALECTS.map(({ name }) => name),
      ),
    };
  }
  const behaviours = definitions.flatMap(({ value }) => value.behaviours ?? []);
  const misfit = dialect ? behaviourError(dialect, behaviours) : undefined;
  if (misfit !== undefined) return { error: misfit };

  const seeds = new Map(definitions.flatMap(({ value }) => Object.entries(value.seed ?? {})));
  const validators = validatorsFor(estate);
  const planned = contracts.map(contract => ({
    id: contract.id,
    bases: basePathsOf(contract),
    operations: operationsOf(estate, contract).map(operation =>
      planOperation(estate, contract, operation, validators, seeds.get(operation.name) ?? []),
    ),
  }));
  const operations = planned.flatMap(contract => withEtags(contract.operations));
  const byId = new Map(operations.map(operation => [operation.id, operation]));
  const routes = planned.flatMap(({ bases, operations: own }) =>
    bases.flatMap(base => own.map(operation => routeOf(base + operation.path, byId.get(operation.id)!))),
  );
  const operationNames = operations.map(({ name }) => name);
  const states = new Map(definitions.flatMap(({ value }) => Object.entries(value.states ?? {})));
  const used = [...seeds.keys(), ...[...states.values()].flatMap(({ force }) => force?.operation ?? [])];
  const stray = used.find(name => !operationNames.includes(name));
  if (stray !== undefined) return { error: unknown('operation', stray, operationNames) };
  return {
    target: id,
    title: contracts.length === 1 ? contracts[0]!.title : id,
    contracts: planned.map(({ id: contractId, bases }) => ({ id: contractId, bases })),
    operations,
    routes: sortRoutes(routes),
    dialect,
    behaviours,
    states,
  };
}

function choose(estate: Estate, target: string): { id: string; contracts: Contract[] } | PlanError {
  const apis = estate.contracts.filter(({ kind }) => kind === 'api');
  const contract = apis.find(({ id }) => id === target || id === `api:${target}`);
  if (contract) return { id: contract.id, contracts: [contract] };
  const system = target.startsWith('system:') ? target : `system:${target}`;
  const vendor = apis.filter(({ governance }) => governance?.layer === 'vendor' && governance.system === system);
  if (vendor.length > 0) return { id: system, contracts: vendor };
  const systems = apis.flatMap(({ governance }) => (governance?.layer === 'vendor' ? (governance.system ?? []) : []));
  const known = [
    ...new Set([...systems.map(id => id.slice('system:'.length)), ...apis.map(({ id }) => id.slice('api:'.length))]),
  ];
  return { error: unknown('system with vendor contracts, or API,', target, known.sort()) };
}

function unknown(what: string, name: string, known: readonly string[]): string {
  const guess = known.length > 0 ? closest(name, known) : undefined;
  return `there is no ${what} "${name}"${guess === undefined ? '' : `; did you mean "${guess}"?`} There is: ${known.join(', ') || 'none'}`;
}

/** A dialect's behaviours are claims about a product: each must be stated, with its status, and none invented. */
function behaviourError(dialect: Dialect, behaviours: readonly Behaviour[]): string | undefined {
  const stated = new Set(behaviours.map(({ id }) => id));
  const invented = [...stated].find(id => !dialect.behaviours.includes(id));
  if (invented !== undefined) return unknown(`behaviour of the dialect ${dialect.name}`, invented, dialect.behaviours);
  const missing = dialect.behaviours.filter(id => !stated.has(id));
  return missing.length > 0
    ? `the dialect ${dialect.name} also does ${missing.join(', ')}: state in mock.yaml how that is known`
    : undefined;
}

function planOperation(
  estate: Estate,
  contract: Contract,
  operation: Operation,
  validators: Validators,
  seed: readonly PlannedExample[],
): PlannedOperation {
  const follow = (cursor: Cursor | undefined) => deref(estate.files, cursor);
  const contentOf = (content: Content, seeded: readonly PlannedExample[]): PlannedContent => ({
    mediaType: content.mediaType,
    examples: [...seeded, ...bodyExamples(content, follow)],
    validate: content.schema && validators.of(content.schema, 'response'),
  });
  const responses = operation.responses.map(response => ({
    status: response.status,
    headers: headerExamples(response.headers, follow),
    content: response.content.map(content => contentOf(content, response.status.startsWith('2') ? seed : [])),
  }));
  return {
    id: operation.id,
    name: operation.name,
    method: operation.method.toUpperCase(),
    path: operation.path,
    deprecated: operation.deprecated,
    parameters: operation.parameters.map(parameter => planParameter(estate, parameter, validators, follow)),
    body: operation.requestBody && {
      required: operation.requestBody.required,
      content: operation.requestBody.content.map(({ mediaType, schema }) => ({
        mediaType,
        validate: schema && validators.of(schema, 'request'),
      })),
    },
    responses,
    security: credentialsOf(contract, operation, follow),
    examples: responses
      .filter(({ status }) => status.startsWith('2'))
      .flatMap(({ content }) => content.flatMap(({ examples }) => examples)),
    etag: undefined,
  };
}

type Follow = (cursor: Cursor | undefined) => Cursor | undefined;

/** Those of the media type; where it has none, those of its schema. */
function bodyExamples(content: Content, follow: Follow): PlannedExample[] {
  if (content.examples.length > 0) return content.examples.map(({ name, value }) => ({ name, value: value.value }));
  const schema = follow(content.schema);
  const listed = items(get(schema?.value, 'examples')).map((value, index) => ({ name: `schema-${index + 1}`, value }));
  const single = get(schema?.value, 'example');
  return single === undefined ? listed : [{ name: 'schema', value: single }, ...listed];
}

/** What may stand in a header field (RFC 9110 §5.5); node:http throws for anything else. */
const FIELD = /^[\t\x20-\x7e\x80-\xff]*$/;

function headerExamples(headers: Operation['responses'][number]['headers'], follow: Follow): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, cursor } of headers) {
    if (name.toLowerCase() === 'content-type') continue;
    const schema = follow(down(cursor, 'schema'));
    const value =
      examplesOf(cursor, follow)[0]?.value.value ??
      get(schema?.value, 'example') ??
      items(get(schema?.value, 'examples'))[0] ??
      get(schema?.value, 'const') ??
      get(schema?.value, 'default');
    if (value === undefined || value === null || typeof value === 'object') continue;
    if (FIELD.test(String(value))) found[name] = String(value);
  }
  return found;
}

/** Header parameters of these names are described elsewhere in OpenAPI and ignored (§4.8.12.1). */
const IGNORED = new Set(['accept', 'content-type', 'authorization']);

function planParameter(estate: Estate, parameter: Parameter, validators: Validators, follow: Follow): PlannedParameter {
  const { cursor, schema } = parameter;
  const fields = schema && fieldsOf(estate, schema).fields;
  const isIgnored = parameter.in === 'header' && IGNORED.has(parameter.name.toLowerCase());
  const style =
    asString(get(cursor.value, 'style')) ?? (parameter.in === 'query' || parameter.in === 'cookie' ? 'form' : 'simple');
  const explode = get(cursor.value, 'explode');
  return {
    name: parameter.name,
    in: parameter.in,
    required: parameter.required && !isIgnored,
    types: fields?.get('')?.types,
    itemTypes: fields?.get('[]')?.types,
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form',
    isJson: down(cursor, 'schema') === undefined && down(cursor, 'content') !== undefined,
    validate: schema && !isIgnored ? validators.of(schema, 'request') : undefined,
    examples: [...examplesOf(cursor, follow), ...(schema ? examplesOf(schema, follow) : [])].map(({ value }) =>
      String(value.value),
    ),
  };
}

function credentialsOf(contract: Contract, operation: Operation, follow: Follow): Credential[][] {
  const root = rootOf(contract.file);
  const listed = down(operation.cursor, 'security') ?? down(root, 'security');
  const alternatives = elements(listed).map(({ value }) =>
    entries(value).flatMap(([name]) => {
      const scheme = follow(down(root, 'components', 'securitySchemes', name))?.value;
      return credentialOf(scheme) ?? [];
    }),
  );
  // An empty alternative asks for nothing, and so does one whose schemes no HTTP message can show (mutual TLS).
  return alternatives.some(alternative => alternative.length === 0) ? [] : alternatives;
}

function credentialOf(scheme: Json | undefined): Credential | undefined {
  switch (get(scheme, 'type')) {
    case 'http': {
      const word = asString(get(scheme, 'scheme'))?.toLowerCase();
      return { type: 'authorization', scheme: word === 'basic' ? 'Basic' : word === 'bearer' ? 'Bearer' : 'any' };
    }
    case 'oauth2':
    case 'openIdConnect':
      return { type: 'authorization', scheme: 'Bearer' };
    case 'apiKey':
      return { type: 'key', in: asString(get(scheme, 'in')) ?? 'header', name: asString(get(scheme, 'name')) ?? '' };
    default:
      return undefined;
  }
}

/** Operations on one path are about one record: its ETag may be shown by another one than the one that asks for it. */
function withEtags(operations: readonly PlannedOperation[]): PlannedOperation[] {
  const shown = new Map<string, string>();
  for (const operation of operations) {
    const etag = etagOf(operation);
    if (etag !== undefined && !shown.has(operation.path)) shown.set(operation.path, etag);
  }
  return operations.map(operation => ({ ...operation, etag: etagOf(operation) ?? shown.get(operation.path) }));
}

function etagOf({ responses, examples }: PlannedOperation): string | undefined {
  for (const { status, headers } of responses) {
    const stated = Object.entries(headers).find(([name]) => name.toLowerCase() === 'etag');
    if (status.startsWith('2') && stated) return stated[1];
  }
  return examples
    .map(({ value }) => asString(getIn(value, ['d', '__metadata', 'etag'])))
    .find(etag => etag !== undefined);
}
