import { count, type Keyword, text } from './keyword.ts';

export const minLength: Keyword = {
  name: 'minLength',
  formula: (value, { algebra }) => algebra.where({ on: 'string', is: 'long', atLeast: count(value, 'minLength') }),
};

export const maxLength: Keyword = {
  name: 'maxLength',
  formula: (value, { algebra }) => algebra.unless({ on: 'string', is: 'long', atLeast: count(value, 'maxLength') + 1 }),
};

export const pattern: Keyword = {
  name: 'pattern',
  formula: (value, { algebra, strings }) =>
    algebra.where({ on: 'string', is: 'in', set: strings.pattern(text(value, 'pattern')) }),
};

/** An annotation unless the policy says otherwise (JSON Schema validation 2020-12, section 7.2.1). */
export const format: Keyword = {
  name: 'format',
  formula(value, { algebra, strings, formats }) {
    const name = text(value, 'format');
    const meaning = formats === 'annotation' || !Object.hasOwn(formats, name) ? undefined : formats[name];
    if (!meaning) return algebra.always;
    if (meaning.pattern === undefined) return algebra.where({ on: 'string', is: 'formatted', as: name });
    return algebra.where({ on: 'string', is: 'in', set: strings.pattern(meaning.pattern) });
  },
};
