/** A ruleset is wrong: a mistake of whoever configures, not of whoever wrote a contract. The message is for them. */
export class RulesetError extends Error {
  override readonly name = 'RulesetError';
}

/** What went wrong, by the innermost errors: Spectral and its JSONPath engine wrap them in AggregateErrors. */
export function problemsOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)];
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.flatMap(problemsOf);
  // The engine's own error quotes the one that a rule's function caused.
  if (error.constructor.name === 'RuntimeError' && error.cause !== undefined) return problemsOf(error.cause);
  const path = 'path' in error && Array.isArray(error.path) ? error.path.filter(step => step !== '') : [];
  return [path.length > 0 ? `${path.join('.')} ${error.message}` : error.message];
}
