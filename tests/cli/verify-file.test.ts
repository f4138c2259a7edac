import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { countersign, ROOT } from './cli.ts';

const scratch = mkdtempSync(join(tmpdir(), 'verify-file-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const EXAMPLE = 'contracts/files/legacy-finance/invoices/v1/examples/LFINV_PRC1_20260526_0000042.txt';

function damaged(name: string, edit: (text: string) => string): string {
  const file = join(scratch, name);
  writeFileSync(file, edit(readFileSync(join(ROOT, EXAMPLE), 'latin1')), 'latin1');
  return file;
}

describe('countersign verify file', () => {
  test('tells the layout from the name, and passes what keeps to it', async () => {
    const { code, stdout, stderr } = await countersign(['verify', 'file', EXAMPLE]);
    expect(stdout).toContain('held against file:legacy-finance/invoices@1');
    expect([code, stderr]).toEqual([0, '']);
  });

  test('finds faults, with their places and without what is classified', async () => {
    const file = damaged('inbox.txt', text =>
      text.replace('00000015200000000', '00000015200100000').replace('remittance@prairie', 'remittance\u00e9prairie'),
    );
    const args = ['verify', 'file', file, '--layout', 'legacy-finance/invoices@1', '--format', 'json'];
    const { code, stdout } = await countersign(args);
    expect(code).toBe(1);
    const { findings } = JSON.parse(stdout) as {
      findings: { rule: string; subject: string; location: { line: number } }[];
    };
    expect(findings.map(({ rule, subject, location }) => `${rule} ${subject} ${location.line}`)).toEqual([
      'file/control-sum file:legacy-finance/invoices@1#invoiceHeader/grossAmount 2',
      'file/encoding file:legacy-finance/invoices@1 2',
      'file/control-sum file:legacy-finance/invoices@1#batchTrailer/grossTotal 7',
    ]);
    const text = await countersign(args.slice(0, -2));
    expect(text.stdout + stdout).not.toContain('prairie-facilities');
  });

  test('prints so many faults and counts all', async () => {
    const file = damaged('many.txt', text => text.repeat(3));
    const { stdout } = await countersign([
      'verify',
      'file',
      file,
      '--layout',
      'legacy-finance/invoices@1',
      '--max-faults',
      '2',
    ]);
    expect(stdout).toMatch(/faults\s+\d+\s+\d+ more than are printed/);
    expect(stdout).toContain('2 errors');
  });

  test.each([
    [['no-such.txt', '--layout', 'x12/810@1'], /there is no file|no such file|no file/],
    [['package.json'], /no layout names its files like "package.json"/],
    [
      ['package.json', '--layout', 'file:x12/811@1'],
      /there is no layout "file:x12\/811@1"; there are .*file:x12\/810@1/,
    ],
    [['contracts', '--layout', 'x12/810@1'], /"contracts" is a directory: name one file in it/],
    [['package.json', '--layout', 'x12/810@1', '--max-faults', '0'], /--max-faults takes a number/],
  ])('%j is a mistake of the caller', async (args, message) => {
    const { code, stderr } = await countersign(['verify', 'file', ...args]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test('what verify did before it has members, it does still', async () => {
    const [plain, named] = await Promise.all([
      countersign(['verify', 'supplier-portal']),
      countersign(['verify', 'pacts', 'supplier-portal']),
    ]);
    expect(plain.stdout).toContain('interactions');
    expect([plain.code, plain.stdout]).toEqual([named.code, named.stdout]);
  });
});
