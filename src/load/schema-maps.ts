/** Keywords whose values are maps: what stands in these is named by the author, be it `id` or `example`. */
export const NAMES: ReadonlySet<string> = new Set(
  'properties patternProperties dependentSchemas dependentRequired $defs definitions schemas paths responses'.split(
    ' ',
  ),
);
