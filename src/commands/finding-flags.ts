/** Flags that the commands with findings share. Data only: printing help loads nothing else. */
export const FORMAT_NAMES = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'] as const;

export const findingFlags = {
  format: { kind: 'choice', brief: 'How to print the result', choices: FORMAT_NAMES, default: 'text' },
  also: {
    kind: 'text',
    brief: 'Write the result of this run to files as well, in other formats',
    placeholder: 'FORMAT=FILE,…',
  },
  'fail-on': {
    kind: 'choice',
    brief: 'Least severity that makes the run fail',
    choices: ['error', 'warn', 'info'],
    default: 'error',
  },
  all: { kind: 'switch', brief: 'As text: show every finding in full, however many there are of a kind' },
  'as-of': { kind: 'text', brief: 'Look at dates as if it were this day (UTC)', placeholder: 'YYYY-MM-DD' },
} as const;

/** For the commands whose findings a baseline may tolerate: see baseline.ts. */
export const baselineFlags = {
  baseline: {
    kind: 'text',
    brief: 'Tolerate the findings that this file lists; an entry that is found no longer fails the run',
    placeholder: 'FILE',
  },
  'write-baseline': {
    kind: 'switch',
    brief: 'Write the baseline: the first time all that is found, later without what is gone',
  },
  'allow-growth': { kind: 'switch', brief: 'With --write-baseline: add what is new' },
} as const;

/** For the commands that look at everything. */
export const cacheFlag = {
  'no-cache': { kind: 'switch', brief: 'Work everything out anew, and keep nothing for the next run' },
} as const;
