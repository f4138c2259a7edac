/** Documents and rulesets as nobody should write them: what people, programs and attackers do to files. Seeded. */

export type Random = (most: number) => number;

/** A linear congruential generator (Numerical Recipes): whole numbers from 0, below `most`. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return most => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

type Damage = (text: string, random: Random) => string;

/** One to three damages, one after the other. */
export function damaged(text: string, random: Random, damages: readonly Damage[]): string {
  let result = text;
  for (let times = 1 + random(3); times > 0; times--) result = pick(damages, random)(result, random);
  return result;
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[random(list.length)]!;
}

function splice(text: string, at: number, length: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at + length);
}

const PIECES = [
  ...['{', '[', '\t', '&a ', '*a', '<<: *a\n', '__proto__:', '"', "'", '- ', '$ref: "#"', '#/', '\0', '\u{1f600}', '~'],
  ...['!!x ', 'constructor: {prototype: {polluted: 1}}\n', '? [a]\n: b\n', '%YAML 9.9\n', '---\n', '\ufeff', '\ud800'],
];

const REFERENCES = ['#', '#/paths', '#/components', '#/components/schemas/A', '#/%zz', '#/~2', ''];

/** A value that doubles with each of its lines. */
function bomb(random: Random): string {
  const lines = Array.from({ length: 5 + random(40) }, (_, at) => `b${at + 1}: &b${at + 1} [*b${at}, *b${at}]`);
  return `\nb0: &b0 [x, x]\n${lines.join('\n')}\n`;
}

/** Of any text. */
const TEXT_DAMAGES: readonly Damage[] = [
  (text, random) => text.slice(0, random(text.length)),
  (text, random) => splice(text, random(text.length), 0, pick(PIECES, random)),
  (text, random) => splice(text, random(text.length), random(200), ''),
  (text, random) => splice(text, random(text.length), 0, text.slice(random(text.length), random(text.length))),
  (text, random) => splice(text, random(text.length), 0, '['.repeat(random(5000))),
  (text, random) => splice(text, random(text.length), 1, 'k'.repeat(random(100_000))),
  (text, random) => shuffled(text.split('\n'), random).join('\n'),
  (text, random) => text + bomb(random),
];

/** `outside` are references that must not be followed. */
export function documentDamages(outside: readonly string[]): readonly Damage[] {
  return [
    ...TEXT_DAMAGES,
    (text, random) => text.replaceAll(/#\/[\w/]+/g, () => pick(REFERENCES, random)),
    (text, random) => text.replace(/#\/[\w/]+/, () => pick(outside, random)),
    (text, random) => splice(text, random(text.length), 0, `\nx-out: {$ref: "${pick(outside, random)}"}\n`),
  ];
}

/** What a ruleset may hold that is no business of a linter. */
const HOSTILE = [
  'functions: [steal]\n',
  'extends: steal.js\n',
  'extends: some-package\n',
  "rules: {a: {given: '$..[?(process.exit(3))]', then: {function: truthy}}}\n",
  'rules: {a: {given: \'$..[?(@.constructor.constructor("return process")())]\', then: {function: truthy}}}\n',
  "rules: {a: {given: '$', message: '{{constructor.constructor(\"return process\")().exit()}}', then: {function: falsy}}}\n",
  "rules: {a: {given: '$..*', then: {function: pattern, functionOptions: {match: '^(a|a)+$'}}}}\n",
  "rules: {a: {given: '$..*', then: {function: pattern, functionOptions: {match: '('}}}}\n",
  "rules: {a: {given: '$..*~', then: {function: __proto__}}}\n",
  "rules: {a: {given: '#A'}}\naliases: {A: '#B', B: '#A'}\n",
  "rules: {a: {given: '$', then: {function: schema, functionOptions: {schema: {$ref: 'https://example.org/s'}}}}}\n",
];

export function rulesetDamages(outside: readonly string[]): readonly Damage[] {
  return [
    ...TEXT_DAMAGES,
    (_, random) => pick(HOSTILE, random),
    (text, random) => text + pick(HOSTILE, random),
    (_, random) => `extends: "${pick(outside, random)}"\n`,
    (text, random) => text.replace(/\bfunction: \w+/, () => `function: ${pick(['schema', 'xor', 'toString'], random)}`),
    (text, random) => text.replace(/given: .*/, () => `given: "${'$..*'.repeat(random(6))}[?(@.a"`),
  ];
}

function shuffled(lines: readonly string[], random: Random): string[] {
  const result = [...lines];
  for (let at = result.length - 1; at > 0; at--) {
    const other = random(at + 1);
    [result[at], result[other]] = [result[other]!, result[at]!];
  }
  return result;
}
