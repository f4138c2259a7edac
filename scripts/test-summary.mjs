// Adds up JSON reports of vitest and prints "N passed, N failed" alone on the last line. A report that is missing or
// broken, a file that could not be loaded and an error outside of any test count as one failure each.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */
/** @typedef {{ status: string, name: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }} FileResult */
/** @typedef {{ success: boolean, testResults: FileResult[] }} Report */

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
  const { passed, failed, skipped } = tallyOf(file);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
if (total.failed > 0) process.exitCode = 1;

/** @param {string} file @returns {Tally} */
function tallyOf(file) {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const report = reportIn(file);
  if (!report) {
    console.log(`✖ ${basename(file)}: no complete report`);
    return { ...tally, failed: 1 };
  }
  for (const { status, name, assertionResults } of report.testResults) {
    for (const test of assertionResults) {
      if (test.status === 'passed') tally.passed++;
      else if (test.status === 'failed') tally.failed++;
      else tally.skipped++;
      if (test.status === 'failed') {
        console.log(`✖ ${basename(file, '.json')}: ${test.fullName}`);
        console.log(reasonOf(test.failureMessages));
      }
    }
    if (status === 'failed' && !assertionResults.some(test => test.status === 'failed')) {
      tally.failed++;
      console.log(`✖ ${basename(file, '.json')}: ${name} did not run to its end`);
    }
  }
  if (!report.success && tally.failed === 0) {
    tally.failed++;
    console.log(`✖ ${basename(file, '.json')}: an error outside of the tests`);
  }
  return tally;
}

/** The first lines of what failed, for a log of which only the end is read. @param {string[]} [messages] */
function reasonOf(messages = []) {
  return messages
    .flatMap(message => message.split('\n').slice(0, 12))
    .map(line => `    ${line}`)
    .join('\n');
}

/** @param {string} file @returns {Report | undefined} */
function reportIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
