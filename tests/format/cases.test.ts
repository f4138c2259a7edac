import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FORMATS, type FormatName } from '../../src/format/index.ts';
import { type ReportCase, reportOf } from './report.ts';

/** Each case is a folder: a report, and what every format makes of it. `UPDATE_CASES=1` writes the latter anew. */
const CASES = join(import.meta.dirname, 'cases');
const EXPECTED: Readonly<Record<FormatName, string>> = {
  text: 'expected.txt',
  json: 'expected.json',
  sarif: 'expected.sarif',
  junit: 'expected.xml',
  github: 'expected.github.txt',
  gitlab: 'expected.gitlab.json',
  markdown: 'expected.markdown.txt',
};

describe.each(readdirSync(CASES))('%s', name => {
  const report = reportOf(JSON.parse(readFileSync(join(CASES, name, 'report.json'), 'utf8')) as ReportCase);

  it.each(FORMATS)('as $name', format => {
    const file = join(CASES, name, EXPECTED[format.name]);
    const output = format.render(report, { color: false });
    if (process.env.UPDATE_CASES) writeFileSync(file, output);
    expect(existsSync(file), `${file} is missing: run with UPDATE_CASES=1 and read what it writes`).toBe(true);
    expect(output).toBe(readFileSync(file, 'utf8'));
  });
});
