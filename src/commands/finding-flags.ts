/** Flags that the commands with findings share. Data only: printing help loads nothing else. */
export const FORMAT_NAMES = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'] as const;

export const findingFlags = {
  format: { kind: 'choice', brief: 'How to print the result', choices: FORMAT_NAMES, default: 'text' },
  'fail-on': {
    kind: 'choice',
    brief: 'Least severity that makes the run fail',
    choices: ['error', 'warn', 'info'],
    default: 'error',
  },
  'as-of': { kind: 'text', brief: 'Look at dates as if it were this day (UTC)', placeholder: 'YYYY-MM-DD' },
} as const;

/** For the commands that look at everything. */
export const cacheFlag = {
  'no-cache': { kind: 'switch', brief: 'Work everything out anew, and keep nothing for the next run' },
} as const;
