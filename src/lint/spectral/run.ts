/** Spectral on one document, as spectral-cli runs it. */
import { Document, type ISpectralDiagnostic, type Ruleset, Spectral } from '@stoplight/spectral-core';
import { parser } from './parser.ts';
import { DocumentResolver, type MayRead } from './resolver.ts';

export interface Submission {
  readonly text: string;
  /** Absolute path, or another name for what has none. */
  readonly source: string;
}

export interface RunOptions {
  readonly ruleset: Ruleset;
  readonly mayRead: MayRead;
  /** Not to say so where no rule is about documents of this format. */
  readonly ignoreUnknownFormat: boolean;
}

/** Throws what a rule throws. */
export function run({ text, source }: Submission, options: RunOptions): Promise<ISpectralDiagnostic[]> {
  const spectral = new Spectral({ resolver: new DocumentResolver(options.mayRead) });
  spectral.setRuleset(options.ruleset);
  const { ignoreUnknownFormat } = options;
  return spectral.run(new Document(text, parser, source), { ignoreUnknownFormat });
}
