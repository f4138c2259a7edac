// Writes docs/reference. With --check it writes nothing and fails where a page is out of date.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = join(root, 'dist/.reference.mjs');
await build({
  entryPoints: [join(root, 'scripts/reference.ts')],
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  logLevel: 'warning',
});
const { referencePages } = await import(pathToFileURL(bundle).href);
await rm(bundle);

const stale = [];
const pages = await referencePages(root);
// The page of a rule that is gone, or goes by another name.
const folder = join(root, 'docs/reference/rules');
for (const file of await readdir(folder, { recursive: true }).catch(() => [])) {
  const page = join('rules', file).replaceAll('\\', '/');
  if (!page.endsWith('.md') || pages.has(page)) continue;
  stale.push(page);
  if (!process.argv.includes('--check')) await rm(join(folder, file));
}
for (const [page, text] of pages) {
  const file = join(root, 'docs/reference', page);
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) continue;
  stale.push(page);
  if (process.argv.includes('--check')) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
if (stale.length > 0) {
  const check = process.argv.includes('--check');
  console.log(`${check ? 'out of date' : 'written'}: ${stale.join(', ')}`);
  if (check) {
    console.log('Run "npm run docs".');
    process.exitCode = 1;
  }
}
