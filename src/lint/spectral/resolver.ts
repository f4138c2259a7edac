/**
 * Gives Spectral the references of a document resolved. Documents that refer to nothing but themselves, which are nearly
 * all, take a way of their own (local-references.ts); the others take that of Spectral's resolver, which reads files.
 */
import { Resolver } from '@stoplight/spectral-ref-resolver';
import { refuseExplosion } from './expansion.ts';
import { resolveLocally } from './local-references.ts';

/** Text of a file, by its path as the reference has it. */
export type ReadText = (path: string) => Promise<string>;

type Options = Parameters<Resolver['resolve']>[1];
type Resolved = ReturnType<Resolver['resolve']>;

/** Of one document: a resolver that several share would remember what failed for another one. */
export class DocumentResolver extends Resolver {
  constructor(readText: ReadText) {
    const refuse = {
      resolve: (ref: { href(): string }) => Promise.reject(new Error(`nothing is fetched: ${ref.href()} was not read`)),
    };
    const read = { resolve: (ref: { href(): string }) => readText(ref.href()) };
    super({ resolvers: { file: read, http: refuse, https: refuse } });
  }

  override async resolve(source: unknown, options?: Options): Resolved {
    const resolved = resolveLocally(source, options?.baseUri) ?? (await super.resolve(source, options));
    refuseExplosion(resolved.result);
    return resolved;
  }
}
