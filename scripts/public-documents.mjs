// Holds public API descriptions against the healthcare-finance rules and compares with what was reviewed.
//
//   mkdir /some/empty/directory && cd $_ && npm init -y
//   npm install --ignore-scripts <the packages of tests/rulesets/public-documents.tsv>
//   node scripts/public-documents.mjs /some/empty/directory
//
// Nothing of the documents is kept here. A hit that is not in the list is printed as "unreviewed".
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Document, Spectral } from '@stoplight/spectral-core';
import parsers from '@stoplight/spectral-parsers';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = process.argv[2];
if (directory === undefined) throw new Error('usage: node scripts/public-documents.mjs DIRECTORY-WITH-NODE_MODULES');

const bundle = join(root, 'dist/.rulesets.mjs');
await build({
  stdin: { contents: "export { loadRuleset } from './src/lint/index.ts';", resolveDir: root, loader: 'ts' },
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
});
const { loadRuleset } = await import(pathToFileURL(bundle).href);
await rm(bundle);
const { ruleset } = await loadRuleset(join(root, 'rulesets'), 'healthcare-finance.yaml');

const list = (await readFile(join(root, 'tests/rulesets/public-documents.tsv'), 'utf8')).split('\n').slice(1);
const reviewed = new Map(
  list.filter(Boolean).map(line => {
    const [source, file, rule, path, verdict] = line.split('\t');
    return [[source, file, rule, path].join('\t'), verdict];
  }),
);
const documents = new Set(list.filter(Boolean).map(line => line.split('\t').slice(0, 2).join('\t')));
for (const document of [...documents, ...process.argv.slice(3).map(each => each.replace('#', '\t'))]) {
  const [source = '', file = ''] = document.split('\t');
  const name = source.replace(/@[^@]*$/, '');
  const { version } = JSON.parse(await readFile(join(directory, 'node_modules', name, 'package.json'), 'utf8'));
  if (`${name}@${version}` !== source) throw new Error(`${name} is ${version} there, and ${source} was reviewed`);
  const text = await readFile(join(directory, 'node_modules', name, file), 'utf8');
  const spectral = new Spectral();
  spectral.setRuleset(ruleset);
  const results = await spectral.run(
    file.endsWith('.json') ? new Document(text, parsers.Json, file) : new Document(text, parsers.Yaml, file),
  );
  const hits = results.filter(({ code }) => ruleset.rules[code] !== undefined);
  for (const { code, path, message } of hits) {
    const key = [source, file, code, path.join('/')].join('\t');
    const verdict = reviewed.get(key) ?? 'unreviewed';
    reviewed.delete(key);
    console.log([key, verdict, message].join('\t'));
  }
  console.error(`${source} ${file}: ${text.length} bytes, ${hits.length} hits`);
}
for (const key of reviewed.keys()) if (!key.includes('\t-\t')) console.log(`${key}\tgone`);
