import { expect, test } from 'vitest';
import { type Context, defineCommand } from '../../src/commands/command.ts';
import { LedgerError, LockError } from '../../src/ledger/index.ts';
import { RulesetError } from '../../src/lint/index.ts';
import { SnapshotError } from '../../src/load/index.ts';
import { VerifierError } from '../../src/verify/pact-process.ts';

const runThat = (error: Error) =>
  defineCommand({
    name: 'fails',
    summary: '',
    description: '',
    arguments: [],
    flags: {},
    examples: [],
    run: () => Promise.reject(error),
  }).run([], {}, {} as Context);

test.each([SnapshotError, RulesetError, LedgerError, LockError, VerifierError])('%o is for the user', async Thrown => {
  await expect(runThat(new Thrown('in words'))).rejects.toMatchObject({ name: 'UsageError', message: 'in words' });
});

test('what nobody foresaw stays what it is', async () => {
  await expect(runThat(new TypeError('x'))).rejects.toThrow(TypeError);
});
