import type { Rule } from '../model/index.ts';
import { defineCommand, UsageError } from './command.ts';
import type { RulesDocument } from './explain.output.ts';
import { waiverTemplate } from './waiver-template.ts';

export const explain = defineCommand({
  name: 'explain',
  summary: 'Say what a rule is for and how to satisfy it',
  description:
    'Prints the rule’s policies, why it exists and how to mend what it finds. Without a rule, lists them all.',
  arguments: [{ name: 'rule', brief: 'Id of the rule, e.g. compat/operation-removed', optional: true }],
  flags: { format: { kind: 'choice', brief: 'How to print the result', choices: ['text', 'json'], default: 'text' } },
  examples: [
    { line: 'countersign explain compat/response-property-removed', does: 'explains one rule' },
    { line: 'countersign explain', does: 'lists all rules' },
  ],
  output: 'rules',
  async run([wanted], { format }, context) {
    const { knownRules } = await import('./rules.ts');
    const rules = await knownRules(context);
    const chosen = wanted === undefined ? rules : rules.filter(({ id }) => id === wanted || id === `lint/${wanted}`);
    if (chosen.length === 0) {
      const { closest } = await import('fastest-levenshtein');
      const guess = closest(
        wanted!,
        rules.map(({ id }) => id),
      );
      throw new UsageError(
        `there is no rule "${wanted}"; did you mean "${guess}"? "countersign explain" lists them all`,
      );
    }
    if (format === 'json') {
      const document: RulesDocument = {
        rules: chosen.map(({ policies, ...rule }) => ({ ...rule, policies: [...(policies ?? [])] })),
      };
      return { text: `${JSON.stringify(document, null, 2)}\n`, exitCode: 0 };
    }
    if (wanted === undefined) {
      const width = Math.max(...chosen.map(({ id }) => id.length));
      return {
        text: chosen
          .map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(5)}  ${title}\n`)
          .join(''),
        exitCode: 0,
      };
    }
    return { text: chosen.map(describe).join('\n'), exitCode: 0 };
  },
});

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function describe({ id, severity, title, policies, why, fix, documentation }: Rule): string {
  const served = policies === undefined || policies.length === 0 ? '' : `\nPolicies  ${policies.join(', ')}`;
  const page = documentation === undefined || fix.includes(documentation) ? '' : `\nMore      ${documentation}`;
  const exception = /^lifecycle\/(waiver|baseline)-/.test(id)
    ? ''
    : `\nTo waive it, put this among the contracts, and fill in what stands in capitals:\n\n${indented(waiverTemplate(id))}`;
  return `${id} (${severity})\n${title.replace(/\.$/, '')}.\n${served}\nWhy       ${why}\nFix       ${fix}${page}\n${exception}`;
}
