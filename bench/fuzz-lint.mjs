// 10,000 damaged and hostile documents and rulesets: none may crash the linter, take longer than the limit, reach out of
// its directory, or leave without a finding that names the file. No part of the rows.
//   node bench/fuzz-lint.mjs [how many] [seed]
import { fork } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** One case, in which a rule may use up its own two minutes. */
const LIMIT_MS = 150_000;

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const bundle = join(root, 'node_modules/.cache/countersign-fuzz/main.mjs');

if (process.send) {
  const [scratch = '', count, seed] = process.argv.slice(2);
  const { main } = await import(pathToFileURL(bundle).href);
  process.exitCode = await main(root, scratch, Number(count), Number(seed));
  process.disconnect();
} else {
  mkdirSync(join(bundle, '..'), { recursive: true });
  const entry = join(root, 'bench/fuzz/main.ts');
  await build({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  const scratch = mkdtempSync(join(tmpdir(), 'fuzz-'));
  const { argv } = process;
  const child = fork(fileURLToPath(import.meta.url), [scratch, argv[2] ?? '10000', argv[3] ?? '1'], {
    stdio: 'inherit',
  });
  const current = join(scratch, 'current.json');
  const watch = setInterval(() => {
    if (existsSync(current) && Date.now() - statSync(current).mtimeMs > LIMIT_MS) child.kill('SIGKILL');
  }, 1000);
  child.on('exit', code => {
    clearInterval(watch);
    if (code === null) console.log(`ended on ${readFileSync(current, 'utf8').slice(0, 5000)}`);
    const slowest = join(scratch, 'slowest.json');
    if (existsSync(slowest)) copyFileSync(slowest, join(bundle, '../slowest.json'));
    console.log(`the slowest case is in ${join(bundle, '../slowest.json')}`);
    process.exitCode = code ?? 1;
    rmSync(scratch, { recursive: true });
  });
}
