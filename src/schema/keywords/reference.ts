import type { Json } from '../../model/json.ts';
import { type Keyword, malformed, text } from './keyword.ts';

export const reference: Keyword = following('$ref', 'static');
export const dynamicReference: Keyword = following('$dynamicRef', 'dynamic');
/** 2019-09: its only value is "#". */
export const recursiveReference: Keyword = following('$recursiveRef', 'recursive');

function following(name: string, how: 'static' | 'dynamic' | 'recursive'): Keyword {
  const target = (value: Json): string => {
    if (how === 'recursive' && value !== '#') throw malformed(name, '"#"');
    return text(value, name);
  };
  return {
    name,
    formula: (value, site) => site.follow(target(value), how).formula(),
    cases: (value, site) => site.follow(target(value), how).cases(),
  };
}
