import type { Holds, Keyword } from './keyword.ts';

/** A keyword that only changes what one beside it means, and is read there. */
export function companion(name: string, holds?: Holds): Keyword {
  return {
    name,
    formula: (_, { algebra }) => algebra.always,
    ...(holds === undefined ? {} : { holds, reach: 'here' }),
  };
}
