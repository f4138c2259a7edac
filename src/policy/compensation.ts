import { down, elements, operationsOf, place } from '../load/index.ts';
import { asString, contractOf } from '../model/index.ts';
import { definePolicy } from './policy.ts';

export default definePolicy({
  rule: {
    id: 'policy/compensation',
    severity: 'error',
    title: 'What is said to undo a write does not exist, or does not write',
    policies: ['D6.7'],
    why: 'The compensation is called when something else has failed already. That it was renamed last year is then found out with half a purchase in five systems.',
    fix: 'Name an operation of the estate that writes, by its operationId or as `api:name@1#operation`, under `x-compensation.by`.',
  },
  /** Names in the same contract are checked where it is linted; this follows ids into other contracts. */
  *check({ estate }) {
    const operations = estate.contracts.flatMap(contract =>
      operationsOf(estate, contract).map(operation => ({ contract, operation })),
    );
    const methods = new Map(operations.map(({ operation }) => [operation.id, operation.method]));
    const known = new Map(estate.contracts.map(contract => [contract.id, contract]));
    for (const { operation } of operations) {
      for (const by of elements(down(operation.cursor, 'x-compensation', 'by'))) {
        const id = asString(by.value) ?? '';
        if (!id.includes(':')) continue;
        const method = methods.get(id);
        const target = known.get(contractOf(id));
        const isRetired = target?.governance?.lifecycle?.status === 'retired';
        if (method !== undefined && method !== 'get' && method !== 'head' && !isRetired) continue;
        const what =
          method === undefined ? 'which the estate does not have' : isRetired ? 'which is retired' : 'which only reads';
        yield {
          subject: operation.id,
          message: `is said to be undone by ${id}, ${what}`,
          facts: { by: id },
          location: place(by, 'value'),
        };
      }
    }
  },
});
