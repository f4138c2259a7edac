import { schemasOf } from './schemas.js';
import { hasType } from './shared.js';

/** Any of these says how long or which a text may be. */
const TEXT_BOUNDS = ['maxLength', 'enum', 'const', 'pattern', 'format'];

/**
 * Texts, lists and maps have an upper bound.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function schemasBounded(document) {
  /** @type {import('./shared.js').Fault[]} */
  const faults = [];
  for (const { schema, path, name, owners } of schemasOf(document)) {
    // Conditions and alternatives restrict what is bounded elsewhere.
    if (path.some(step => step === 'if' || step === 'not' || step === 'then' || step === 'else' || step === 'contains'))
      continue;
    const what = name ?? owners.at(-1) ?? 'the schema';
    if (hasType(schema, 'string') && !TEXT_BOUNDS.some(keyword => schema[keyword] !== undefined)) {
      faults.push({
        message: `${what} is text without a limit: add maxLength, pattern, format or enum`,
        path,
        facts: { missing: 'maxLength' },
      });
    }
    if (hasType(schema, 'array') && schema['maxItems'] === undefined && schema['prefixItems'] === undefined) {
      faults.push({ message: `${what} is a list without a limit: add maxItems`, path, facts: { missing: 'maxItems' } });
    }
  }
  return faults;
}
