// 10,000 damaged documents and rulesets: no crash, none slower than the limit, each with a result. Not part of the rows.
//   npm run build && node bench/fuzz-lint.mjs [how many]
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const count = Number(process.argv[2] ?? 10_000);
const LIMIT_MS = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
const seeds = join(root, 'tests/lint/documents');
const texts = readdirSync(seeds).map(name => readFileSync(join(seeds, name), 'utf8'));
const built = readdirSync(join(root, 'dist')).find(name => /^lint-engine-.*\.cjs$/.test(name));
if (!built) throw new Error('run npm run build first');
const program = resolve(root, 'dist', built);

let state = 1;
/** @param {number} most */
const random = most => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * most);
};
const PIECES = [
  '{',
  '[',
  '\t',
  '&a ',
  '*a',
  '<<: *a\n',
  '__proto__:',
  '"',
  "'",
  '- ',
  '$ref: "#"',
  '#/',
  '\0',
  '\u{1f600}',
  '~',
  '!!x ',
];
/** @type {((text: string) => string)[]} */
const damages = [
  text => text.slice(0, random(text.length)),
  text => splice(text, random(text.length), 0, PIECES[random(PIECES.length)] ?? ''),
  text => splice(text, random(text.length), random(200), ''),
  text => splice(text, random(text.length), 0, text.slice(random(text.length), random(text.length))),
  text => splice(text, random(text.length), 0, '['.repeat(random(5000))),
  text => splice(text, random(text.length), 1, 'k'.repeat(random(100_000))),
  text =>
    text.replaceAll(/#\/[\w/]+/g, () => ['#', '#/paths', '#/components', '#/components/schemas/A'][random(4)] ?? '#'),
  text =>
    text
      .split('\n')
      .sort(() => random(3) - 1)
      .join('\n'),
];
/** @param {string} text @param {number} at @param {number} length @param {string} piece */
function splice(text, at, length, piece) {
  return text.slice(0, at) + piece + text.slice(at + length);
}

const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
/** @param {object} question */
const ask = async question => {
  child.stdin.write(`${JSON.stringify(question)}\n`);
  const { done, value } = await answers.next();
  if (done) throw new Error(`the process ended on ${JSON.stringify(question).slice(0, 2000)}`);
  return JSON.parse(value);
};
const ruleset = { root: join(root, 'tests/lint/rulesets'), name: 'all.yaml', code: 'none' };
await ask({ ruleset, root: folder, ignoreUnknownFormat: false });
const tally = { documents: 0, findings: 0, failed: 0, slowestMs: 0 };
for (let round = 0; round < count; round++) {
  let text = texts[random(texts.length)] ?? '';
  for (let times = 1 + random(3); times > 0; times--) text = damages[random(damages.length)]?.(text) ?? text;
  const source = join(folder, `${round}.yaml`);
  const start = performance.now();
  const { diagnostics, isWhole } = await ask({ text, source });
  const took = performance.now() - start;
  tally.documents += 1;
  tally.findings += diagnostics.length;
  tally.failed += isWhole ? 0 : 1;
  tally.slowestMs = Math.max(tally.slowestMs, Math.round(took));
  if (took > LIMIT_MS) throw new Error(`${took} ms for ${JSON.stringify(text).slice(0, 2000)}`);
  if (!diagnostics.every((/** @type {{ source?: string }} */ one) => one.source?.startsWith(folder)))
    throw new Error(`whose finding is ${JSON.stringify(diagnostics)}`);
}
child.stdin.end();
rmSync(folder, { recursive: true });
console.log(tally);
