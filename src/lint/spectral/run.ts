/** Spectral on one document, as spectral-cli runs it. */
import { Document, type ISpectralDiagnostic, type Ruleset, Spectral } from '@stoplight/spectral-core';
import { parser } from './parser.ts';
import { DocumentResolver, type ReadText } from './resolver.ts';
import type { Submission } from './types.ts';

export interface RunOptions {
  readonly ruleset: Ruleset;
  /** For files that the document refers to. Throws an error that says why one may not be read. */
  readonly readText: ReadText;
  readonly ignoreUnknownFormat: boolean;
}

/** Throws what a rule throws. */
export function run({ text, source }: Submission, options: RunOptions): Promise<ISpectralDiagnostic[]> {
  const spectral = new Spectral({ resolver: new DocumentResolver(options.readText) });
  spectral.setRuleset(options.ruleset);
  const { ignoreUnknownFormat } = options;
  return spectral.run(new Document(text, parser, source), { ignoreUnknownFormat });
}
