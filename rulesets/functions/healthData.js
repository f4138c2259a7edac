import { parametersIn } from './parameters.js';
import { schemasOf } from './schemas.js';
import { sensitivityOfName } from './sensitiveNames.js';
import { get, items, members } from './shared.js';

/**
 * No field, parameter or column of a contract holds data of patients.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function healthData(document) {
  /** @type {import('./shared.js').Fault[]} */
  const faults = [];
  const report = (
    /** @type {string} */ name,
    /** @type {string[]} */ owners,
    /** @type {import('./shared.js').Path} */ path,
  ) => {
    if (sensitivityOfName(name, owners)?.kind !== 'health') return;
    faults.push({ message: `${name} holds health data by its name`, path, facts: { field: name } });
  };
  for (const [record, layout] of members(get(document, 'records'))) {
    for (const [index, field] of items(get(layout, 'fields')).entries()) {
      report(String(get(field, 'name')), [record], ['records', record, 'fields', index]);
    }
  }
  if (get(document, 'countersign') !== undefined) return faults;
  for (const { name, owners, path } of schemasOf(document)) {
    if (name !== undefined && path.at(-2) === 'properties') report(name, owners, path);
  }
  for (const { name, path } of parametersIn(document)) report(name, [], path);
  return faults;
}
