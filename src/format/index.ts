import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** Every format there is, in the order in which help shows them. A new one is a file and its line here. */
export const FORMATS = [text, json, sarif, junit, github, gitlab, markdown] as const;
export type FormatName = (typeof FORMATS)[number]['name'];

export { align } from './columns.ts';
export type { Format, FormatOptions } from './format.ts';
export * from './json.schema.ts';
export * from './report.ts';
export { plain, revealed, safeJson } from './untrusted.ts';
