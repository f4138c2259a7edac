import { get, getIn, items } from './shared.js';

/**
 * A file layout has a control by which a record that stands in a file twice is noticed, and tells how a file that comes
 * twice is recognised.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function fileDeduplicated(document) {
  if (get(document, 'countersign') !== 'layout') return [];
  const hasUnique = items(get(document, 'controls')).some(control => get(control, 'kind') === 'unique');
  const hasTotal = items(get(document, 'controls')).some(control =>
    ['count', 'sum', 'hash'].includes(String(get(control, 'kind'))),
  );
  const duplicates = getIn(document, ['delivery', 'redelivery', 'duplicates']);
  const missing = [
    ...(hasUnique
      ? []
      : [{ what: 'unique', message: 'no control says which fields name a record: add one of kind unique' }]),
    ...(hasTotal
      ? []
      : [{ what: 'total', message: 'no control notices a file that was cut off: add a count, sum or hash' }]),
    ...(typeof duplicates === 'string'
      ? []
      : [
          { what: 'duplicates', message: 'delivery.redelivery does not say how a file that comes twice is recognised' },
        ]),
  ];
  return missing.map(({ what, message }) => ({ message, path: ['controls'], facts: { missing: what } }));
}
