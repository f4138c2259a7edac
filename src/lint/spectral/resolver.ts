/**
 * Gives Spectral the references of a document resolved. Documents that refer to nothing but themselves, which are nearly
 * all, take a way of their own (local-references.ts); the others take that of Spectral's resolver, which reads files.
 */
import { readFile } from 'node:fs/promises';
import { Resolver } from '@stoplight/spectral-ref-resolver';
import { resolveLocally } from './local-references.ts';

/** Says whether a file may be read, by its path as the reference has it; throws an error that says why not. */
export type MayRead = (path: string) => Promise<void>;

type Options = Parameters<Resolver['resolve']>[1];
type Resolved = ReturnType<Resolver['resolve']>;

/** Of one document: a resolver that several share would remember what failed for another one. */
export class DocumentResolver extends Resolver {
  constructor(mayRead: MayRead) {
    const refuse = {
      resolve: (ref: { href(): string }) => Promise.reject(new Error(`nothing is fetched: ${ref.href()} was not read`)),
    };
    const read = {
      async resolve(ref: { href(): string }) {
        await mayRead(ref.href());
        return readFile(ref.href(), 'utf8');
      },
    };
    super({ resolvers: { file: read, http: refuse, https: refuse } });
  }

  override async resolve(source: unknown, options?: Options): Resolved {
    return resolveLocally(source, options?.baseUri) ?? super.resolve(source, options);
  }
}
