import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as yaml from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { escapeData, escapeProperty, github } from '../../src/format/github.ts';
import { gitlab } from '../../src/format/gitlab.ts';
import { type FindingsReport, FindingsSchema, FORMATS } from '../../src/format/index.ts';
import { documentOf, json } from '../../src/format/json.ts';
import { junit } from '../../src/format/junit.ts';
import { markdown } from '../../src/format/markdown.ts';
import { sarif } from '../../src/format/sarif.ts';
import { text } from '../../src/format/text.ts';
import { withoutNegativeZero } from '../json.ts';
import { anyReport, hostile } from './arbitrary.ts';

const plainly = { color: false };
const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);

/** For every report, however hostile what it quotes. */
function always(law: (report: FindingsReport) => void): void {
  fc.assert(fc.property(anyReport, law), { numRuns: 60 });
}

describe.each(FORMATS)('$name', format => {
  it('ends in a newline and says the same twice', () => {
    always(report => {
      const output = format.render(report, plainly);
      expect(output.endsWith('\n')).toBe(true);
      expect(format.render(report, plainly)).toBe(output);
    });
  });

  it('lets nothing through that a terminal or a CI system obeys', () => {
    always(report => {
      const output = format.render(report, plainly);
      expect(output.match(/(?!\n)[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u)).toBeNull();
      expect(output.match(/##(?:\[|vso\[|teamcity\[)/i)).toBeNull();
      const commands = output.split('\n').filter(line => line.trimStart().startsWith('::'));
      if (format.name !== 'github') expect(commands).toEqual([]);
    });
  });
});

describe('text', () => {
  it('is the same with and without colours, but for the colours', () => {
    always(report => {
      const colored = text.render(report, { color: true });
      expect(colored.replace(/\p{Cc}\[\d+m/gu, '')).toBe(text.render(report, plainly));
    });
  });

  it('hints at `countersign explain` once for each rule', () => {
    always(report => {
      const hints = text.render(report, { color: false, all: true }).match(/^ {4}more {5}countersign explain/gm) ?? [];
      expect(hints).toHaveLength(new Set(report.findings.map(({ rule }) => rule)).size);
    });
  });
});

describe('text of many findings', () => {
  const COUNTED = /^ {2}\S (?:error|warning|info) {2}.*? {2}(\d+) (?:more|findings?)$/gm;
  const BLOCK = /^ {2}[✖▲●] (?:error|warning|info) {2}/gm;

  it('shows each, or counts it', () => {
    const many = fc.tuple(anyReport, fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(many, ([report, times]) => {
        const findings = report.findings.flatMap(each => {
          const named = { ...each, rule: 'lint/a', subject: 'api:a@1' };
          return Array.from({ length: times }, () => named);
        });
        const output = text.render({ ...report, findings }, plainly);
        const counted = [...output.matchAll(COUNTED)];
        const blocks = output.match(BLOCK)?.length ?? 0;
        const rest = counted.reduce((sum, [, count]) => sum + Number(count), 0);
        expect(blocks - counted.length + rest).toBe(findings.length);
        expect(blocks - counted.length).toBeLessThanOrEqual(10 + 1);
        const all = text.render({ ...report, findings }, { color: false, all: true });
        expect(all.match(BLOCK)?.length ?? 0).toBe(findings.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('json', () => {
  const validate = ajv.compile(FindingsSchema);

  it('has its published shape and loses nothing', () => {
    always(report => {
      // JSON is YAML too. Not by JSON.parse: V8 since 13 may read an escaped one-letter key as "\\" (nodejs/node#63785).
      const parsed: unknown = yaml.load(json.render(report, plainly));
      expect(validate(parsed), JSON.stringify(validate.errors)).toBe(true);
      expect(parsed).toEqual(withoutNegativeZero(documentOf(report)));
    });
  });
});

describe('sarif', () => {
  // The package exports no path to it, but ships the schema as OASIS published it, in a newer dialect.
  const schema = new URL(
    '../../node_modules/@microsoft/sarif-multitool-ts/assets/sarif-2.1.0.schema.json',
    import.meta.url,
  );
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
  const log = (report: FindingsReport) => JSON.parse(sarif.render(report, plainly)) as SarifLog;

  it('is valid SARIF 2.1.0', () => {
    expect(validate({ version: '2.1.0', runs: [{}] })).toBe(false);
    always(report => {
      expect(validate(log(report)), JSON.stringify(validate.errors)).toBe(true);
    });
  });

  it('points at its rules, and at files that decode to the paths given', () => {
    always(report => {
      const { tool, results } = log(report).runs[0]!;
      const tolerated = report.baseline?.tolerated ?? [];
      const findings = [...report.findings, ...report.waived.map(({ finding }) => finding), ...tolerated];
      expect(results).toHaveLength(findings.length);
      results.forEach((result, at) => {
        const { rule, location } = findings[at]!;
        expect(tool.driver.rules[result.ruleIndex]!.id).toBe(rule);
        expect(result.suppressions).toHaveLength(at < report.findings.length ? 0 : 1);
        const isListed = at >= findings.length - tolerated.length;
        expect(result.baselineState).toBe(report.baseline ? (isListed ? 'unchanged' : 'new') : undefined);
        const { uri } = result.locations[0]!.physicalLocation.artifactLocation;
        expect(uri).toMatch(/^[\w.~!'()*%/-]*$/);
        const path = location.file.replace(/^(?:\.?\/)+/, '').replace(/\p{Cs}/gu, '\ufffd');
        expect(decodeURIComponent(uri)).toBe(path);
      });
    });
  });
});

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleIndex: number;
      readonly suppressions: readonly unknown[];
      readonly baselineState?: string;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
    }[];
  }[];
}

describe('junit', () => {
  const lists = new Set(['testsuite', 'testcase']);
  const parser = new XMLParser({ ignoreAttributes: false, isArray: name => lists.has(name), processEntities: false });

  it('is well-formed, and its tallies are true', () => {
    always(report => {
      const xml = junit.render(report, plainly);
      expect(XMLValidator.validate(xml)).toBe(true);
      const { testsuites } = parser.parse(xml) as JunitLog;
      const cases = (testsuites.testsuite ?? []).flatMap(suite => {
        const names = suite.testcase.map(each => each['@_name']);
        expect(new Set(names).size).toBe(names.length);
        expect(Number(suite['@_tests'])).toBe(names.length);
        return suite.testcase;
      });
      expect(Number(testsuites['@_tests'])).toBe(cases.length);
      expect(Number(testsuites['@_failures'])).toBe(cases.filter(each => 'failure' in each).length);
      expect(Number(testsuites['@_errors'])).toBe(cases.filter(each => 'error' in each).length);
      expect(Number(testsuites['@_skipped'])).toBe(report.waived.length + (report.baseline?.tolerated.length ?? 0));
    });
  });

  it('is green only where the verdict is pass and no finding fails the run', () => {
    always(report => {
      const failing = report.findings.some(({ severity }) => report.failOn === 'info' || severity === 'error');
      const green = / failures="0" errors="0" /.test(junit.render(report, plainly).split('\n')[1]!);
      if (green) expect(report.verdict).toBe('pass');
      if (failing) expect(green).toBe(false);
    });
  });

  it('has a passing test for everything looked at', () => {
    always(report => {
      const passing = junit.render(report, plainly).match(/name="looked at [^"]*">\n {6}<system-out>/g) ?? [];
      expect(passing.length).toBeGreaterThanOrEqual(report.looked.length);
    });
  });
});

interface JunitLog {
  readonly testsuites: {
    readonly testsuite?: readonly { readonly '@_tests': string; readonly testcase: readonly { '@_name': string }[] }[];
    readonly '@_tests': string;
    readonly '@_failures': string;
    readonly '@_errors': string;
    readonly '@_skipped': string;
  };
}

describe('github', () => {
  /** As the runner reads a command: actions/runner, ActionCommand.TryParseV2. */
  const COMMAND = /^::(?<name>[a-z]+) (?<properties>[^:]*)::(?<data>.*)$/;
  const unescapeData = (data: string) => data.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const unescapeProperty = (value: string) => unescapeData(value.replaceAll('%3A', ':').replaceAll('%2C', ','));

  it('escapes so that the runner gets back what was meant', () => {
    fc.assert(
      fc.property(hostile, value => {
        expect(unescapeData(escapeData(value))).toBe(value);
        expect(unescapeProperty(escapeProperty(value))).toBe(value);
        expect(escapeData(value)).not.toMatch(/[\r\n]/);
        expect(escapeProperty(value)).not.toMatch(/[\r\n:,]/);
      }),
    );
  });

  it('is a command for each finding that GitHub shows, a line for the others and one of summary', () => {
    always(report => {
      const lines = github.render(report, plainly).trimEnd().split('\n').slice(0, -1);
      const commands = lines.flatMap(line => {
        const groups = COMMAND.exec(line)?.groups;
        return groups ? [{ name: groups['name']!, properties: groups['properties']!, data: groups['data']! }] : [];
      });
      for (const level of ['error', 'warning', 'notice']) {
        expect(commands.filter(({ name }) => name === level).length).toBeLessThanOrEqual(10);
      }
      const annotated = commands.filter(({ properties }) => properties.includes(',line='));
      const told = commands.flatMap(({ data }) => /^(\d+) more of this level are in the log/.exec(data)?.[1] ?? []);
      const logged = lines.filter(line => /^(?:error|warning|info) {2}/.test(line));
      expect(told.reduce((sum, count) => sum + Number(count), 0)).toBe(logged.length);
      expect(annotated.length + logged.length).toBe(report.findings.length);
      for (const { name, properties } of annotated) {
        const severity = { error: 'error', warning: 'warn', notice: 'info' }[name];
        const lineOf = Number(/,line=(\d+),/.exec(properties)?.[1]);
        expect(report.findings.some(each => each.severity === severity && each.location.line === lineOf)).toBe(true);
        const names = properties.split(',').map(pair => pair.slice(0, pair.indexOf('=')));
        expect([4, 5, 6]).toContain(names.length);
        expect(new Set(names).size).toBe(names.length);
      }
    });
  });
});

describe('gitlab', () => {
  it('has one entry for each finding, with a fingerprint of its own', () => {
    always(report => {
      const twice = { ...report, findings: [...report.findings, ...report.findings] };
      const entries = JSON.parse(gitlab.render(twice, plainly)) as { readonly fingerprint: string }[];
      expect(entries).toHaveLength(twice.findings.length);
      expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
    });
  });
});

describe('markdown', () => {
  /** What is left when code, which shows everything as it is, is taken away. */
  const withoutCode = (output: string) =>
    output
      .replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
      .replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
      .replace(/<summary><code>[^<>]*<\/code>/g, '<summary>');

  it('contains no markup but its own', () => {
    always(report => {
      const output = withoutCode(markdown.render(report, plainly));
      expect(output.replace(/<\/?(?:details|summary)>/g, '')).not.toMatch(/[<>\\[\]]|~~|\*\*\*|`/);
      expect(output).not.toMatch(/(?<![A-Za-z0-9])@\w|#\d(?!\d*;)|:\/\/|\bwww\.|\bGH-\d/i);
      expect(output.match(/<details>/g)?.length).toBe(output.match(/<\/details>/g)?.length);
    });
  });

  it('keeps tables in their columns', () => {
    always(report => {
      const rows = markdown.render({ ...report, findings: [] }, plainly).split('\n');
      const widths = rows.filter(line => line.startsWith('|')).map(line => line.split('|').length - 2);
      expect(widths.filter(width => ![3, 4, 5, 6].includes(width))).toEqual([]);
    });
  });

  it('fits into a comment on GitHub', () => {
    const long = fc.string({
      unit: fc.constantFrom('<', '`', '@a', '|'),
      minLength: 1500,
      size: 'max',
      maxLength: 3000,
    });
    fc.assert(
      fc.property(anyReport, long, fc.integer({ min: 1, max: 60 }), (report, message, times) => {
        const findings = report.findings.flatMap(each => Array.from({ length: times }, () => ({ ...each, message })));
        const waived = report.waived.flatMap(each => Array.from({ length: times * 5 }, () => each));
        const title = message;
        const output = markdown.render({ ...report, title, findings, waived }, plainly);
        expect(output.length).toBeLessThanOrEqual(65_536);
      }),
      { numRuns: 30 },
    );
  });
});
