// Bundles the benchmarks in memory and runs them: Node 20 cannot run TypeScript by itself.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  logLevel: 'warning',
});
const bundle = outputFiles.map(({ text }) => text).join('');
const { main } = await import(`data:text/javascript;base64,${Buffer.from(bundle).toString('base64')}`);
process.exitCode = await main(process.argv.slice(2), root);
