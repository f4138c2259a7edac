/** What surely holds by a sound schema (sound.ts), as the Ajv instances of Spectral see it. */
import { NOT_IN_DRAFT_04 } from '../../load/quick/estate.ts';
import { type QuickValidator, quickValidator } from '../../load/quick/evaluator.ts';
import { formatsWith } from '../../load/quick/formats.ts';
import type { Json } from '../../model/index.ts';
import type { Draft } from './draft.ts';

/** One for each document, whose schemas it has read. */
const validators = new WeakMap<object, QuickValidator<undefined>>();

/** False where Spectral has to be asked. What was asked about must not change. */
export function surelyValidIn(document: object, schema: unknown, draft: Draft): (example: unknown) => boolean {
  const validator = validators.get(document) ?? validatorFor(draft);
  validators.set(document, validator);
  return example => validator.isSurelyValid({ schema: schema as Json, base: undefined }, example as Json);
}

function validatorFor(draft: Draft): QuickValidator<undefined> {
  return quickValidator({
    // The document is resolved: what is left are circles.
    resolve: () => undefined,
    ...(draft === 'draft4' ? { inDoubt: NOT_IN_DRAFT_04, hasExclusiveFlags: true } : {}),
    formatOf: formatsWith(),
    patternOf,
  });
}

/** Spectral's Ajv reads patterns without the flag `u`, and waits for them as long as they take: those are not tried here. */
function patternOf(pattern: string): RegExp {
  if (/\)[*+{]/.test(pattern)) throw new Error('it may take for ever');
  return new RegExp(pattern);
}
