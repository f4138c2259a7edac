// Draws what a command prints as an SVG, for the README: node scripts/picture.mjs OUT.svg TITLE < output-with-colours
import { readFileSync, writeFileSync } from 'node:fs';

const [out = 'picture.svg', title = ''] = process.argv.slice(2);
const COLUMN = 8.4;
const LINE = 19;
/** @type {Record<number, string>} */
const COLORS = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
  90: '#8b949e',
};
const escaped = (/** @type {string} */ text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const lines = readFileSync(0, 'utf8').trimEnd().split('\n');
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the escapes that it reads.
const plain = lines.map(line => line.replace(/\u001b\[[0-9;]*m/g, ''));
const width = Math.max(...plain.map(line => [...line].length)) * COLUMN + 48;
const height = lines.length * LINE + 76;

let style = { color: '#e6edf3', bold: false, dim: false };

/** @param {string} line */
function spans(line) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the escapes that it reads.
  return line.split(/(\u001b\[[0-9;]*m)/).map(part => {
    if (!part.startsWith('\u001b')) {
      if (part === '') return '';
      const weight = style.bold ? ' font-weight="700"' : '';
      const opacity = style.dim ? ' opacity="0.65"' : '';
      return `<tspan fill="${style.color}"${weight}${opacity}>${escaped(part)}</tspan>`;
    }
    for (const code of part.slice(2, -1).split(';').map(Number)) {
      if (code === 0) style = { color: '#e6edf3', bold: false, dim: false };
      else if (code === 1) style = { ...style, bold: true };
      else if (code === 2) style = { ...style, dim: true };
      else if (code === 22) style = { ...style, bold: false, dim: false };
      else if (code === 39) style = { ...style, color: '#e6edf3' };
      else if (COLORS[code]) style = { ...style, color: COLORS[code] ?? style.color };
    }
    return '';
  });
}

const text = lines.map(
  (line, index) => `<text x="24" y="${62 + index * LINE}" xml:space="preserve">${spans(line).join('')}</text>`,
);
writeFileSync(
  out,
  `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${height}" role="img" aria-label="${escaped(title)}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
<circle cx="24" cy="22" r="6" fill="#ff5f56"/><circle cx="44" cy="22" r="6" fill="#ffbd2e"/><circle cx="64" cy="22" r="6" fill="#27c93f"/>
<text x="88" y="27" fill="#8b949e">${escaped(title)}</text>
${text.join('\n')}
</svg>
`,
);
