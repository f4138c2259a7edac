// Bundles src/ into dist/. Each command's heavy part becomes a chunk of its own, loaded only when that command runs
// (see docs/decisions/0001-runtime-and-build.md).
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));

/**
 * What every command needs: to find and read a package costs more than to run what is in it, and one of these is spread
 * over two hundred files.
 */
const BUNDLED = new Set(['@sinclair/typebox', '@stricli/core', 'fastest-levenshtein', 'js-yaml', 'jsonc-parser']);

/** Its UMD form hides from bundlers what it requires. */
const jsoncParser = {
  name: 'jsonc-parser',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onResolve, resolve: find }) {
    onResolve({ filter: /^jsonc-parser$/ }, async ({ pluginData, path, ...from }) => {
      if (pluginData === 'found') return undefined;
      const found = await find(path, { ...from, pluginData: 'found' });
      return { ...found, path: found.path.replace('/umd/', '/esm/') };
    });
  },
};

const { outputFiles } = await build({
  entryPoints: {
    cli: 'src/cli/main.ts',
    'second-thread-worker': 'src/commands/second-thread-worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(dependencies).flatMap(name => (BUNDLED.has(name) ? [] : [name, `${name}/*`])),
  plugins: [jsoncParser],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  sourcemap: true,
  logLevel: 'warning',
  write: false,
});

// The process that lints is one file with all of Spectral in it, so that it starts quickly and can become a snapshot
// (src/lint/spectral/engine-process.ts). Its name holds a hash of what is in it.
const engine = await build({
  entryPoints: ['src/lint/spectral/engine-process.ts'],
  outfile: 'dist/lint-engine.cjs',
  bundle: true,
  format: 'iife',
  platform: 'node',
  target: 'node20.19',
  define: { 'import.meta.url': 'undefined' },
  // The text stays in the image.
  minifyWhitespace: true,
  legalComments: 'none',
  plugins: [
    jsoncParser,
    {
      name: 'for-a-snapshot',
      setup({ onLoad }) {
        // What fetches loads node:http, of which Node 20 can make no snapshot; and nothing is fetched.
        onLoad({ filter: /node_modules\/node-fetch\/lib\/index\.m?js$/ }, () => ({
          contents: 'module.exports = () => Promise.reject(new Error("nothing is fetched"));',
        }));
        // Half of the schemas of AsyncAPI, which no rule looks at; the others as texts, which are read when they are needed.
        onLoad({ filter: /@asyncapi\/specs\/schemas\/.*-without-\$id\.json$/ }, () => ({
          contents: 'null',
          loader: 'json',
        }));
        onLoad({ filter: /@asyncapi\/specs\/schemas\/.*\.json$/ }, async ({ path }) => ({
          contents: JSON.stringify(JSON.parse(await readFile(path, 'utf8'))),
          loader: 'text',
        }));
        onLoad({ filter: /@asyncapi\/specs\/index\.js$/ }, async ({ path }) => ({
          contents: (await readFile(path, 'utf8')).replaceAll(
            /('[\d.]+'): (require\('[^']*\.json'\))/g,
            'get $1() { return JSON.parse($2); }',
          ),
        }));
        // The same validators, a megabyte of them, are there twice.
        onLoad({ filter: /spectral-rulesets\/dist\/arazzo\/schemas\/validators\.js$/ }, async ({ path }) => {
          const other = '../../oas/schemas/validators.js';
          const [own, same] = await Promise.all([path, join(dirname(path), other)].map(file => readFile(file, 'utf8')));
          return own === same
            ? { contents: `module.exports = require('${other}');`, resolveDir: dirname(path) }
            : undefined;
        });
        // Inside the bundle there is one copy of the JSONPath engine.
        onLoad({ filter: /src\/lint\/nimma\.ts$/ }, () => ({
          contents:
            'export const nimma = require("nimma/legacy"); export const { default: Current } = require("nimma");',
          resolveDir: 'node_modules/@stoplight/spectral-core',
        }));
      },
    },
  ],
  logLevel: 'error',
  write: false,
});
// One character beyond Latin-1 would double the memory that the text takes. Those that are left are in patterns.
const engineCode = engine.outputFiles
  .map(({ text }) => text)
  .join('')
  .replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const engineHash = createHash('sha256').update(engineCode).digest('hex').slice(0, 16);
const files = [...outputFiles, { path: resolve(`dist/lint-engine-${engineHash}.cjs`), contents: engineCode }];

// New files first, old ones last: a program that runs meanwhile finds what it was built with.
for (const { path, contents } of files) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}
const kept = new Set(files.map(({ path }) => basename(path)));
for (const name of await readdir('dist')) {
  if (!kept.has(name) && /\.c?js(\.map)?$/.test(name)) await rm(join('dist', name));
}
