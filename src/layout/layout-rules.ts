import type { Rule } from '../model/index.ts';

/** What can be wrong with a layout itself. */
const all = {
  fieldPosition: {
    id: 'layout/field-position',
    severity: 'error',
    title: 'The fields of a record do not fill it exactly',
    policies: ['D6.3'],
    why: 'Where two fields overlap, or characters belong to none, two programs that follow the layout read different values.',
    fix: 'Correct start and length; describe what is unused as a filler.',
  },
  fieldIncomplete: {
    id: 'layout/field-incomplete',
    severity: 'error',
    title: 'A field does not say enough, or what does not fit together',
    policies: ['D6.3'],
    why: 'Whoever writes or reads the field has to guess.',
    fix: 'State what the message names.',
  },
  fieldDuplicate: {
    id: 'layout/field-duplicate',
    severity: 'error',
    title: 'Two fields of a record have one name, element or column',
    policies: ['D6.3'],
    why: 'Controls, mappings and findings name a field and cannot tell which is meant.',
    fix: 'Give each its own name, and its own element or column.',
  },
  unknownName: {
    id: 'layout/unknown-name',
    severity: 'error',
    title: 'A layout names a record, field or group that it does not have',
    policies: ['D6.3'],
    why: 'The part that names it does nothing: a total is not checked, a record is not found.',
    fix: 'Correct the name.',
  },
  recordUnused: {
    id: 'layout/record-unused',
    severity: 'warn',
    title: 'A record has no place in the structure',
    policies: ['D6.3'],
    why: 'Wherever it stands in a file, it stands in the wrong place.',
    fix: 'Give it a place in the structure, or remove it.',
  },
  recordAmbiguous: {
    id: 'layout/record-ambiguous',
    severity: 'error',
    title: 'Two records cannot be told apart',
    policies: ['D6.3'],
    why: 'The reader takes the first that fits, and the fields of the other are read from the wrong places.',
    fix: 'State in `match` by which field and value each is recognised.',
  },
  controlInvalid: {
    id: 'layout/control-invalid',
    severity: 'error',
    title: 'A control cannot check anything',
    policies: ['D6.14'],
    why: 'It looks as if completeness were proven, and nothing is.',
    fix: 'Correct the field or the group that it is about, as the message says.',
  },
  patternInvalid: {
    id: 'layout/pattern-invalid',
    severity: 'error',
    title: 'A pattern is no regular expression',
    policies: ['D6.3'],
    why: 'Values are not checked at all.',
    fix: 'Correct the pattern; it is that of ECMAScript.',
  },
  fileName: {
    id: 'layout/file-name',
    severity: 'error',
    title: 'The naming of files is not as described',
    policies: ['D6.14'],
    why: 'Receivers pick files up by their names: what does not fit stays where it was put, and nobody notices.',
    fix: 'Make pattern, tokens and example fit each other.',
  },
  exampleMissing: {
    id: 'layout/example-missing',
    severity: 'error',
    title: 'An example file of a layout is not there',
    policies: ['D6.3'],
    why: 'Without an example, nobody has ever seen the layout work.',
    fix: 'Put the file into the directory `examples` beside the layout.',
  },
  exampleInvalid: {
    id: 'layout/example-invalid',
    severity: 'error',
    title: 'An example file violates its layout',
    policies: ['D6.3'],
    why: 'Examples are what partners build against; one of the two is wrong.',
    fix: 'Correct the example, or the layout if the example is right. `countersign verify file` shows all that is wrong with it.',
  },
} as const satisfies Record<string, Rule>;

export const layoutRules: readonly Rule[] = Object.values(all);
export default all;
