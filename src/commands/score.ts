import type { ContractScore } from '../report/index.ts';
import { defineCommand, UsageError } from './command.ts';
import { cacheFlag } from './finding-flags.ts';
import type { ScoreDocument } from './score.output.ts';

/** So many reasons stand in a row of the table. */
const REASONS = 3;

export const score = defineCommand({
  name: 'score',
  summary: 'Score every contract, and say what each lost its points for',
  description:
    'Inspects the estate as check does. Each contract starts at 100; the first finding of a rule costs 10 points for an error, 3 for a warning and 1 for a note, each further one a fifth of that, and no rule more than twice as much. What a waiver excuses costs nothing; what a baseline tolerates costs all of it. With a contract, lists all of its reasons.',
  arguments: [{ name: 'contract', brief: 'Id of one contract, e.g. api:suppliers@2', optional: true }],
  flags: {
    format: { kind: 'choice', brief: 'How to print the result', choices: ['text', 'json'], default: 'text' },
    min: { kind: 'number', brief: 'Fail where a contract has less', placeholder: 'SCORE', default: 0 },
    all: { kind: 'switch', brief: 'As text: list contracts that lost nothing too' },
    'as-of': { kind: 'text', brief: 'Look at dates as if it were this day (UTC)', placeholder: 'YYYY-MM-DD' },
    ...cacheFlag,
  },
  examples: [
    { line: 'countersign score', does: 'lists the contracts that lost points, lowest score first' },
    { line: 'countersign score api:suppliers@1', does: 'says what this one lost its points for' },
    { line: 'countersign score --min 80', does: 'fails where a contract has less than 80' },
  ],
  output: 'score',
  async run([wanted], flags, context) {
    if (!(flags.min >= 0 && flags.min <= 100)) throw new UsageError('--min takes a score from 0 to 100');
    const { prepareSecondThread } = await import('./second-thread.ts');
    const { openCache } = await import('./result-cache.ts');
    const { dayOf, evidenceOf, openConfigured } = await import('./workspace.ts');
    const { loadConfig } = await import('../load/config.ts');
    const { beginRulesets } = await import('./rulesets.ts');
    const { inspect } = await import('./inspection.ts');
    const { meanOf, scoresOf } = await import('../report/index.ts');
    const cache = await openCache(flags['no-cache'], context);
    const secondThread = prepareSecondThread({ isNeeded: cache.isEmpty });
    const config = await loadConfig(context.cwd);
    const rulesets = beginRulesets(config, context.home, cache, secondThread.openRuleset);
    const workspace = await openConfigured(config, undefined, context);
    const today = dayOf(flags['as-of'], context);
    const { findings, waived } = await inspect(workspace.estate, {
      config,
      rulesets,
      today,
      evidence: await evidenceOf(workspace, context),
      base: undefined,
      secondThread,
      cache,
    });
    await cache.save();
    const all = scoresOf(
      workspace.estate,
      findings,
      waived.map(({ finding }) => finding),
    );
    const scores = wanted === undefined ? all : [await choose(all, wanted)];
    const exitCode = scores.length === 0 ? 3 : scores.some(each => each.score < flags.min) ? 1 : 0;
    if (flags.format === 'json') {
      const { safeJson } = await import('../format/index.ts');
      return { text: safeJson(documentOf(scores, meanOf(scores), today)), exitCode };
    }
    const text = wanted === undefined ? await table(scores, meanOf(scores), flags.all) : await reasonsOf(scores[0]!);
    return { text, exitCode };
  },
});

async function choose(scores: readonly ContractScore[], wanted: string): Promise<ContractScore> {
  const found = scores.find(({ id }) => id === wanted);
  if (found) return found;
  const { closest } = await import('fastest-levenshtein');
  const ids = scores.map(({ id }) => id);
  const guess = ids.length === 0 ? '' : `; did you mean ${closest(wanted, ids)}?`;
  throw new UsageError(`there is no contract "${wanted}"${guess}`);
}

async function table(scores: readonly ContractScore[], mean: number, isAll: boolean): Promise<string> {
  const { align } = await import('../format/index.ts');
  const listed = isAll ? scores : scores.filter(({ losses }) => losses.length > 0);
  const rows = listed.map(({ id, score: points, owner, losses }) => {
    const reasons = losses.slice(0, REASONS).map(({ rule, points: cost }) => `−${cost} ${rule}`);
    const more = losses.length > REASONS ? `, and ${losses.length - REASONS} more` : '';
    return [points.toFixed(1), id, owner ?? 'no owner', `${reasons.join(', ')}${more}`];
  });
  const whole = scores.length - listed.length;
  const summary = [
    `mean ${mean.toFixed(1)} of ${scores.length} contracts`,
    ...(whole > 0 ? [`${whole} lost nothing`] : []),
    'countersign score CONTRACT lists all reasons',
  ];
  return `${[...align(rows, [0]), ...(rows.length > 0 ? [''] : []), summary.join('; ')].join('\n')}\n`;
}

async function reasonsOf({ id, title, owner, score: points, losses, waived }: ContractScore): Promise<string> {
  const { align, plain } = await import('../format/index.ts');
  const rows = losses.map(({ rule, severity, findings, points: cost }) => [
    `−${cost.toFixed(1)}`,
    severity,
    rule,
    `${findings} ${findings === 1 ? 'finding' : 'findings'}`,
  ]);
  return `${[
    `${id}  ${points.toFixed(1)} of 100  ${plain(title)}, ${owner ?? 'no owner'}`,
    ...(rows.length > 0 ? ['', ...align(rows, [0])] : []),
    ...(waived > 0 ? ['', `${waived} waived, at no cost`] : []),
    ...(rows.length > 0 ? ['', `countersign explain ${losses[0]!.rule}`] : []),
  ].join('\n')}\n`;
}

function documentOf(scores: readonly ContractScore[], mean: number, asOf: string): ScoreDocument {
  return {
    asOf,
    mean,
    contracts: scores.map(({ id, title, owner, score: points, losses, waived }) => ({
      id,
      title,
      ...(owner === undefined ? {} : { owner }),
      score: points,
      losses: losses.map(({ rule, severity, findings, points: cost }) => ({ rule, severity, findings, points: cost })),
      waived,
    })),
  };
}
