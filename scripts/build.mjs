// Bundles src/ into dist/. Dependencies stay external; each command's heavy part becomes a chunk of its own, loaded
// only when that command runs (see docs/decisions/0001-runtime-and-build.md).
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { cli: 'src/cli/main.ts', 'asyncapi-worker': 'src/load/asyncapi-worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  sourcemap: true,
  logLevel: 'warning',
});
