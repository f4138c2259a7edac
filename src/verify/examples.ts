/** Examples against the schemas that they are examples of. */
import {
  type Content,
  contentOf,
  deref,
  down,
  elements,
  examplesOf,
  fieldsOf,
  members,
  messagesOf,
  operationsOf,
  rootOf,
  type Validator,
  type Violation,
  validatorFor,
} from '../load/index.ts';
import {
  type Contract,
  type Cursor,
  contentHash,
  type Estate,
  extend,
  type Finding,
  finding,
  get,
  ITEMS,
  isObject,
  type Json,
  noCache,
  type ResultCache,
  resultKey,
  segment,
} from '../model/index.ts';
import rule from './example-rules.ts';

/** One example, what it is an example of, and the schema it has to satisfy. */
interface Claim {
  readonly subject: string;
  readonly name: string;
  readonly value: Cursor;
  readonly schema: Cursor;
  readonly direction: 'request' | 'response';
}

export interface ExampleCheck {
  readonly findings: Finding[];
  /** How many examples were looked at. */
  readonly checked: number;
}

export function checkExamples(estate: Estate, cache = noCache): ExampleCheck {
  const results = estate.contracts.map(contract => rememberedCheck(estate, contract, cache));
  return {
    findings: results.flatMap(({ findings }) => findings),
    checked: results.reduce((sum, { checked }) => sum + checked, 0),
  };
}

function rememberedCheck(estate: Estate, contract: Contract, cache: ResultCache): ExampleCheck {
  const key = resultKey('examples', contentOf(estate, contract.file), hasBrokenReferences(estate));
  const kept = cache.get(key);
  if (isObject(kept)) return kept as unknown as ExampleCheck;
  const claims = [...claimsOf(estate, contract)];
  const validator = validatorFor(estate, contract.dialect);
  const result = { findings: claims.flatMap(claim => judge(estate, validator, claim)), checked: claims.length };
  // Whether a pattern is too slow is a matter of the machine.
  const isCertain = result.findings.every(({ rule: id }) => id !== rule.unusable.id);
  if (isCertain) cache.set(key, result as unknown as Json);
  return result;
}

/** Then a schema may be unusable, and loading has said so already. */
function hasBrokenReferences({ findings }: Estate): boolean {
  return findings.some(({ rule }) => rule === 'load/unresolved-ref' || rule === 'load/remote-ref');
}

function judge(estate: Estate, validator: Validator, claim: Claim): Finding[] {
  const { subject, name, value, schema } = claim;
  // One of a list has no name that would survive another order.
  const identity = /^\d+$/.test(name) ? contentHash(value.value).slice(0, 12) : name;
  const violations = validator.check(schema, value.value);
  const [first] = violations;
  if (first?.isUnusable) {
    const message = `no example of it can be checked: ${first.message}`;
    return hasBrokenReferences(estate)
      ? []
      : [finding(rule.unusable, { subject, message, location: schema.file.locate(schema.path) })];
  }
  return violations
    .filter(violation => !isExcused(estate, claim, violation))
    .map(violation =>
      finding(rule.invalid, {
        subject,
        message: `example "${name}": ${violation.message}`,
        facts: {
          example: identity,
          at: violation.path.join('/'),
          keyword: violation.keyword,
          limits: violation.limits,
        },
        location: value.file.locate([...value.path, ...violation.path]),
      }),
    );
}

/** A required property that is read-only need not be in a request, nor a write-only one in a response. */
function isExcused(estate: Estate, { schema, direction }: Claim, { keyword, path, property }: Violation): boolean {
  if (keyword !== 'required' || property === undefined) return false;
  const segments = path.map(step => (/^\d+$/.test(step) ? ITEMS : segment(step)));
  const field = fieldsOf(estate, schema).fields.get([...segments, segment(property)].join('/'));
  return get(field?.cursor.value, direction === 'request' ? 'readOnly' : 'writeOnly') === true;
}

function* claimsOf(estate: Estate, contract: Contract): Iterable<Claim> {
  const follow = (cursor: Cursor | undefined) => deref(estate.files, cursor);
  for (const operation of operationsOf(estate, contract)) {
    for (const { name, in: where, cursor, schema } of operation.parameters) {
      const id = extend(operation.id, 'request', where, segment(name));
      if (schema) yield* exampleClaims(id, examplesOf(cursor, follow), schema, 'request');
    }
    yield* contentClaims(extend(operation.id, 'request', 'body'), operation.requestBody?.content ?? [], 'request');
    for (const { status, content, headers } of operation.responses) {
      const id = extend(operation.id, 'response', status);
      yield* contentClaims(extend(id, 'body'), content, 'response');
      for (const header of headers) {
        const schema = down(header.cursor, 'schema');
        const examples = examplesOf(header.cursor, follow);
        if (schema) yield* exampleClaims(extend(id, 'header', segment(header.name)), examples, schema, 'response');
      }
    }
  }
  for (const { id, payload, examples, actions } of messagesOf(estate, contract)) {
    const direction = actions.includes('receive') ? 'request' : 'response';
    if (!payload) continue;
    for (const [index, value] of examples.entries()) {
      yield { subject: extend(id, 'payload'), name: String(index + 1), value, schema: payload, direction };
    }
  }
  yield* schemaClaims(contract, rootOf(contract.file));
}

function* contentClaims(subject: string, content: readonly Content[], direction: Claim['direction']): Iterable<Claim> {
  for (const { schema, examples } of content) {
    if (schema) yield* exampleClaims(subject, examples, schema, direction);
  }
}

function* exampleClaims(
  subject: string,
  examples: readonly { readonly name: string; readonly value: Cursor }[],
  schema: Cursor,
  direction: Claim['direction'],
): Iterable<Claim> {
  for (const { name, value } of examples) yield { subject, name, value, schema, direction };
}

/** A JSON Schema's own examples, and those of its definitions. */
function* schemaClaims(contract: Contract, root: Cursor | undefined): Iterable<Claim> {
  if (contract.kind !== 'schema' || !root) return;
  const schemas: [string, Cursor][] = [
    [contract.id, root],
    ...members(down(root, '$defs')).map(([name, schema]): [string, Cursor] => [
      extend(contract.id, '$defs', segment(name)),
      schema,
    ]),
  ];
  for (const [subject, schema] of schemas) {
    for (const [index, value] of elements(down(schema, 'examples')).entries()) {
      yield { subject, name: String(index + 1), value, schema, direction: 'response' };
    }
  }
}
