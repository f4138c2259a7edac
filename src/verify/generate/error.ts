/** No instance of a schema can be made: it admits none, or says something that is not understood here. */
export class GenerationError extends Error {
  override readonly name = 'GenerationError';
}

/** How often a filter may refuse in a row. A filter that refuses everything would never end. */
const PATIENCE = 5000;

/** A filter's predicate that gives up. `what` ends the sentence "no value was found that …". */
export function patient<T>(accepts: (value: T) => boolean, what: string): (value: T) => boolean {
  let refused = 0;
  return value => {
    const isAccepted = accepts(value);
    refused = isAccepted ? 0 : refused + 1;
    if (refused > PATIENCE) throw new GenerationError(`no value was found that ${what}`);
    return isAccepted;
  };
}
