/** Runs @asyncapi/parser. On its own because it costs more than a second of CPU, which a worker thread can spend. */
import { Parser } from '@asyncapi/parser';

export interface AsyncApiDocument {
  readonly path: string;
  readonly text: string;
}

export interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** Errors in an AsyncAPI document; `files` is all that its references may lead to. */
export async function diagnose(document: AsyncApiDocument, files: ReadonlyMap<string, string>): Promise<Diagnostic[]> {
  const read = (uri: unknown) => {
    const path = decodeURIComponent(
      String(uri)
        .replace(/^file:\/\//, '')
        .replace(/^\//, ''),
    );
    const text = files.get(path);
    if (text === undefined) throw new Error(`${path} is not in the estate`);
    return text;
  };
  // The network and the file system do not exist for it.
  const resolvers = ['file', 'http', 'https'].map(schema => ({ schema, order: 1, canRead: true, read }));
  const parser = new Parser({ __unstable: { resolver: { cache: false, resolvers } } });
  const diagnostics = await parser.validate(document.text, { source: `/${document.path}` });
  return diagnostics
    .filter(({ severity, code }) => severity === 0 && code !== 'invalid-ref')
    .map(({ path, message, code }) => ({ code: String(code), message, path: [...path] }));
}
