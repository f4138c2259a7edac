import { isObject, items, operationName, operationsOf } from './shared.js';

const WRITES = new Set(['post', 'put', 'patch', 'delete']);

/**
 * Each operation that writes states what undoes it: operations, or why there is nothing to undo. An id of another contract
 * (`api:…#…`) is followed by the check of the whole estate.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function compensationDeclared(document) {
  const operations = operationsOf(document);
  const writes = new Set(
    operations.filter(({ path }) => WRITES.has(String(path[2]))).map(({ operation }) => operation['operationId']),
  );
  return operations.flatMap(
    /** @returns {import('./shared.js').Fault[]} */ ({ operation, path }) => {
      if (!WRITES.has(String(path[2]))) return [];
      const name = operationName(path);
      const stated = operation['x-compensation'];
      const place = [...path, 'x-compensation'];
      if (!isObject(stated) || (items(stated['by']).length === 0 && typeof stated['none'] !== 'string')) {
        const message = `${name} does not state what undoes it: add x-compensation with by (operations) or none (the reason)`;
        return [{ message, path, facts: { missing: 'x-compensation' } }];
      }
      return items(stated['by']).flatMap((by, index) => {
        if (String(by).includes(':') || writes.has(by)) return [];
        const message = `${name} is said to be undone by ${by}, which is no operation of this contract that writes`;
        return [{ message, path: [...place, 'by', index], facts: { unknown: String(by) } }];
      });
    },
  );
}
