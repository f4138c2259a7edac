/** Documents as plain objects that a mutation may change. */

export interface Node {
  [key: string]: Value;
}
export type Value = Node | Value[] | string | number | boolean | null | undefined;

export function node(value: Value): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

export function list(value: Value): Value[] {
  return Array.isArray(value) ? value : [];
}

export function at(value: Value, ...keys: string[]): Value {
  return keys.reduce<Value>((inner, key) => node(inner)[key], value);
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly item: Node;
  readonly operation: Node;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

export function operations(document: Node, ...methods: string[]): Operation[] {
  return Object.values(node(document['paths'])).flatMap(item =>
    METHODS.flatMap(method => {
      const operation = at(item, method);
      if (operation === undefined || (methods.length > 0 && !methods.includes(method))) return [];
      return [{ id: String(at(operation, 'operationId')), method, item: node(item), operation: node(operation) }];
    }),
  );
}

/** Schemas of components, or of `$defs`, that are objects with properties of their own, by the id of their place. */
export function objectSchemas(document: Node): [string, Node][] {
  const places: [string, Value][] = [
    ['components/schemas', at(document, 'components', 'schemas')],
    ['$defs', document['$defs']],
  ];
  return places.flatMap(([place, schemas]) =>
    Object.entries(node(schemas)).flatMap(([name, schema]): [string, Node][] =>
      at(schema, 'properties') === undefined ? [] : [[`${place}/${name}`, node(schema)]],
    ),
  );
}

export interface Step {
  readonly id: string;
  readonly workflow: Node;
  readonly step: Node;
}

export function steps(document: Node): Step[] {
  return list(document['workflows']).flatMap(workflow =>
    list(at(workflow, 'steps')).map(step => ({
      id: String(at(step, 'stepId')),
      workflow: node(workflow),
      step: node(step),
    })),
  );
}

/** Takes parameters away from an operation and its path; whether there were any. */
export function withoutParameter({ operation, item }: Operation, name: RegExp): boolean {
  const isMeant = (parameter: Value) => name.test(String(at(parameter, '$ref') ?? at(parameter, 'name')));
  return [operation, item]
    .map(holder => {
      const before = list(holder['parameters']);
      const after = before.filter(parameter => !isMeant(parameter));
      if (after.length < before.length) holder['parameters'] = after;
      return after.length < before.length;
    })
    .some(Boolean);
}
