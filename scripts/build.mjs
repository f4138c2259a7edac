// Bundles src/ into dist/. Each command's heavy part becomes a chunk of its own, loaded only when that command runs
// (see docs/decisions/0001-runtime-and-build.md).
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';

const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'));

const { outputFiles } = await build({
  entryPoints: { cli: 'src/cli/main.ts', 'specification-worker': 'src/load/specification-worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // What --help needs is bundled, since to find and read a package costs more than to run what is in it.
  external: Object.keys(dependencies).flatMap(name => (name === '@stricli/core' ? [] : [name, `${name}/*`])),
  jsx: 'automatic',
  jsxImportSource: 'preact',
  sourcemap: true,
  logLevel: 'warning',
  write: false,
});

// New files first, old ones last: a program that runs meanwhile finds what it was built with.
for (const { path, contents } of outputFiles) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}
const kept = new Set(outputFiles.map(({ path }) => basename(path)));
for (const name of await readdir('dist')) {
  if (!kept.has(name) && /\.js(\.map)?$/.test(name)) await rm(join('dist', name));
}
