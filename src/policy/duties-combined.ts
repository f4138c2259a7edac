import { type Operation, operationsOf, securityOf } from '../load/index.ts';
import { type Contract, contractOf, type Edge, entries, get, getIn, items } from '../model/index.ts';
import { definePolicy, type Fault, type Look } from './policy.ts';

/** Verbs that begin something, and verbs that let it go on, as operationIds begin with them. */
const CREATES = /^(create|propose|submit|capture|request|start|add|enter|draft|prepare|takeIn|open)(?=[A-Z]|$)/;
const APPROVES = /^(approve|release|decide|authori[sz]e|countersign)(?=[A-Z]|$)/;

export default definePolicy({
  rule: {
    id: 'policy/duties-combined',
    severity: 'error',
    title: 'One application, or one scope, both creates and approves',
    policies: ['D6.12'],
    why: 'Segregation of duties ends where two duties meet in one client: whoever breaks into that application invents a supplier, an invoice and its payment.',
    fix: 'Split the application into two clients with credentials of their own, or give the approval a scope that the other operations do not accept.',
  },
  *check(look) {
    yield* scopes(look);
    yield* consumers(look);
  },
});

/** The same scope in two contracts; within one contract it is seen where that is linted. */
function* scopes({ estate }: Look): Iterable<Fault> {
  const uses = estate.contracts.flatMap(contract =>
    contract.governance?.layer === 'vendor'
      ? []
      : operationsOf(estate, contract).flatMap(operation =>
          entries(securityOf(contract, operation) ?? {}).flatMap(([, names]) =>
            items(names).map(scope => ({ contract, operation, scope: String(scope) })),
          ),
        ),
  );
  const creating = uses.filter(({ operation }) => CREATES.test(operation.name));
  for (const { contract, operation, scope } of uses.filter(use => APPROVES.test(use.operation.name))) {
    const other = creating.find(use => use.scope === scope && isOtherApi(use.contract.id, contract.id));
    if (!other) continue;
    yield {
      subject: operation.id,
      message: `approves with the scope ${scope}, with which ${other.operation.id} creates`,
      facts: { scope, creates: other.operation.id },
      location: operation.cursor.file.locate([...operation.cursor.path, 'security']),
    };
  }
}

/** Majors of one API share their scopes. */
function isOtherApi(one: string, other: string): boolean {
  return one.replace(/@.*$/, '') !== other.replace(/@.*$/, '');
}

/**
 * An application that, in its own name, calls an operation that creates and one of the same contract that approves the
 * same kind of thing. Where people sign in, their tokens and not the application's decide.
 */
function* consumers({ estate, edges }: Look): Iterable<Fault> {
  const ownNames = new Set(
    estate.contracts.flatMap(contract =>
      operationsOf(estate, contract)
        .filter(operation => isCalledInOwnName(contract, operation))
        .map(({ id }) => id),
    ),
  );
  for (const { id } of estate.consumers) {
    const calls = edges.filter(({ from, relation, to }) => from === id && relation === 'calls' && ownNames.has(to));
    const creations = calls.filter(call => CREATES.test(nameOf(call)));
    const approvals = new Map(calls.filter(call => APPROVES.test(nameOf(call))).map(call => [call.to, call]));
    for (const approval of approvals.values()) {
      const creation = creations.find(
        call => contractOf(call.to) === contractOf(approval.to) && thingOf(call) === thingOf(approval),
      );
      if (!creation) continue;
      yield {
        subject: id,
        message: `calls ${creation.to} and ${approval.to}: it creates and approves`,
        facts: { creates: creation.to, approves: approval.to },
        location: approval.source,
        evidence: { related: [{ message: 'where it creates', location: creation.source }] },
      };
    }
  }
}

/** By client credentials, a key or a certificate, and not by the token of a person. */
function isCalledInOwnName(contract: Contract, operation: Operation): boolean {
  const schemes = Object.keys(securityOf(contract, operation) ?? {}).map(name =>
    getIn(contract.document, ['components', 'securitySchemes', name]),
  );
  return schemes.every(scheme => {
    const flows = get(scheme, 'flows');
    return flows === undefined || get(flows, 'clientCredentials') !== undefined;
  });
}

function nameOf({ to }: Edge): string {
  return to.slice(contractOf(to).length + 1);
}

/** `Payment` of `proposePayment` and `releasePayment`. */
function thingOf(call: Edge): string {
  return nameOf(call).replace(/^[a-z]+/, '');
}
