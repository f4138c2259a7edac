/** Inclusion of type sets; undefined stands for every type. */
type Types = ReadonlySet<string> | undefined;

/** Whether every value of `narrow` types is of `wide` types (an integer is a number). */
export function typesIncluded(narrow: Types, wide: Types): boolean {
  if (!wide) return true;
  if (!narrow) return ['null', 'boolean', 'number', 'string', 'array', 'object'].every(type => wide.has(type));
  return [...narrow].every(type => wide.has(type) || (type === 'integer' && wide.has('number')));
}

export function typesText(types: Types): string {
  return types ? [...types].sort().join(' or ') : 'any type';
}
