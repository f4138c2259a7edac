/** The pages of docs/reference, from the commands, rules and schemas themselves. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TSchema } from '@sinclair/typebox';
import type { Command, Context, Flag } from '../src/commands/command.ts';
import { COMMANDS } from '../src/commands/index.ts';
import { OUTPUTS } from '../src/commands/outputs.ts';
import { knownRules } from '../src/commands/rules.ts';
import { Config } from '../src/load/config.ts';
import { MockDefinition } from '../src/mock/definition.ts';
import {
  Baseline,
  Consumer,
  Domain,
  Governance,
  Layout,
  Mapping,
  type Rule,
  System,
  Team,
  Waiver,
} from '../src/model/index.ts';

const DOCUMENTS: Readonly<Record<string, TSchema>> = {
  baseline: Baseline,
  config: Config,
  consumer: Consumer,
  domain: Domain,
  governance: Governance,
  layout: Layout,
  mapping: Mapping,
  mock: MockDefinition,
  system: System,
  team: Team,
  waiver: Waiver,
};

/** Text by path below docs/reference. */
export async function referencePages(root: string): Promise<Map<string, string>> {
  const rules = await knownRules({ cwd: root, home: root } as Context);
  const schemas = Object.entries({ ...DOCUMENTS, ...OUTPUTS });
  return new Map([
    ['commands.md', commandsPage()],
    ['rules.md', rulesPage(rules)],
    ...(await Promise.all(
      rules.map(async (rule): Promise<[string, string]> => [`rules/${rule.id}.md`, await rulePage(root, rule)]),
    )),
    ...schemas.map(([name, schema]): [string, string] => [
      `schemas/${name}.schema.json`,
      publishedSchema(name, schema),
    ]),
  ]);
}

/** References between schemas of ours become references between their files. */
function publishedSchema(name: string, schema: TSchema): string {
  const plain = JSON.parse(JSON.stringify(schema)) as Record<string, unknown>;
  const published = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...plain, $id: `${name}.schema.json` };
  const text = JSON.stringify(published, null, 2);
  return `${text.replaceAll(/"\$ref": "([a-z-]+)"/g, '"$ref": "$1.schema.json"')}\n`;
}

function commandsPage(): string {
  const head = [
    '# Commands',
    '',
    'Exit codes: 0 clean, 1 findings at or above `--fail-on`, 2 usage or configuration error, 3 inconclusive (evidence is',
    'missing, which never passes), 70 a fault in Countersign itself. Every command takes `--output FILE` and `--help`.',
  ];
  return `${[...head, ...COMMANDS.flatMap(commandSection)].join('\n')}\n`;
}

function commandSection({ name, summary, description, arguments: args, flags, examples, output }: Command): string[] {
  const more = (many: boolean | undefined) => (many ? '…' : '');
  const usage = args
    .map(arg => (arg.optional ? ` [${arg.name}${more(arg.many)}]` : ` <${arg.name}${more(arg.many)}>`))
    .join('');
  const rows = [
    ...args.map(arg => `| \`${arg.name}\` | ${arg.brief} | ${arg.optional ? 'optional' : 'required'} |`),
    ...Object.entries(flags).map(
      ([flag, value]) => `| \`--${flag}${shapeOf(value)}\` | ${value.brief} | ${defaultOf(value)} |`,
    ),
  ];
  return [
    '',
    `## countersign ${name}${usage}`,
    '',
    `${summary}. ${description}`,
    ...(rows.length > 0 ? ['', '| | | |', '| --- | --- | --- |', ...rows] : []),
    '',
    '```sh',
    ...examples.flatMap(({ line, does }) => [`# ${does}`, line]),
    '```',
    ...(output
      ? ['', `\`--format json\` prints what [schemas/${output}.schema.json](schemas/${output}.schema.json) describes.`]
      : []),
  ];
}

function shapeOf(flag: Flag): string {
  if (flag.kind === 'switch') return '';
  return flag.kind === 'choice' ? ` ${flag.choices.join('\\|')}` : ` ${flag.placeholder.replace('|', '\\|')}`;
}

function defaultOf(flag: Flag): string {
  if (flag.kind === 'switch') return 'off';
  return flag.default === undefined ? 'none' : `\`${flag.default}\``;
}

function rulesPage(rules: readonly Rule[]): string {
  const areas = new Map<string, Rule[]>();
  for (const rule of rules) {
    const area = rule.id.split('/')[0]!;
    areas.set(area, [...(areas.get(area) ?? []), rule]);
  }
  const sections = [...areas].flatMap(([area, own]) => [
    '',
    `## ${area}`,
    '',
    '| Rule | Severity | Policies | What it finds |',
    '| --- | --- | --- | --- |',
    ...own.map(({ id, severity, policies, title }) => {
      return `| [${id}](rules/${id}.md) | ${severity} | ${(policies ?? []).join(', ')} | ${cell(title)} |`;
    }),
  ]);
  return `${['# Rules', '', 'Waivers and baselines are bound to these ids; they never change.', ...sections].join('\n')}\n`;
}

/** A page for each rule, with the examples that its tests run. */
async function rulePage(
  root: string,
  { id, severity, title, policies, why, fix, documentation }: Rule,
): Promise<string> {
  const folder = join(root, 'rulesets', id.replace(/^lint\//, ''));
  const example = async (file: string, heading: string) => {
    const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
    return text === undefined ? [] : ['', heading, '', '```yaml', text.trimEnd(), '```'];
  };
  const served = policies && policies.length > 0 ? `, ${policies.join(', ')}` : '';
  const lines = [
    `# ${id}`,
    '',
    `${title.replace(/\.$/, '')}. (${severity}${served})`,
    '',
    `**Why:** ${why}`,
    '',
    `**Fix:** ${fix}`,
    ...(documentation === undefined || fix.includes(documentation) ? [] : ['', `**More:** ${documentation}`]),
    ...(await example('fail.yaml', '## What it finds fault with')),
    ...(await example('pass.yaml', '## What satisfies it')),
    '',
    'How to be excused from it for a while: [exceptions](../../../exceptions.md).',
  ];
  return `${lines.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
