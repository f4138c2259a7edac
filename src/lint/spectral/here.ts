/** An engine in this process. */
import type { OpenEngine } from './fleet.ts';

export const openHere: OpenEngine = async setting => {
  const { openLinter } = await import('./linter.ts');
  const { rules, lint } = await openLinter(setting);
  return {
    rules,
    async lint(submissions, done) {
      const results = [];
      for (const submission of submissions) {
        results.push(await lint(submission));
        done();
      }
      return results;
    },
  };
};
