import { beforeAll, describe, expect, test } from 'vitest';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import type { Contract } from '../../src/model/index.ts';

/** What each vendor, or who keeps the standard that it follows, publishes itself. */
const PRIMARY: Readonly<Record<string, RegExp>> = {
  'system:sap-s4hana': /help\.sap\.com|sap\.github\.io|github\.com\/SAP\/|SAP KBA|the SAP Cloud SDK|OData JSON Format/,
  'system:oracle-fusion': /docs\.oracle\.com/,
  'system:dynamics-365': /learn\.microsoft\.com|MicrosoftDocs|github\.com\/microsoft\//,
  'system:workday': /community\.workday\.com\/sites\/default\/files/,
  'system:infor-m3': /(docs|developer)\.infor\.com/,
  // Modelled after products of these vendors.
  'system:procurement-suite': /compass\.coupa\.com/,
  'system:supplier-management': /help\.sap\.com/,
  'system:contract-repository': /help\.sap\.com/,
  'system:approval-platform': /help\.sap\.com/,
  'system:ap-automation': /docs\.aws\.amazon\.com/,
  'system:treasury': /iso20022\.org|nacha\.org/,
};

let contracts: readonly Contract[];
beforeAll(async () => {
  contracts = load(await snapshotOfDirectory('contracts/vendor')).contracts.filter(
    ({ governance }) => governance?.layer === 'vendor',
  );
}, 60_000);

describe('what is said about products of vendors', () => {
  test('each contract tells verified from modelled, and where it was read', () => {
    for (const { id, governance } of contracts) {
      const said = governance?.provenance ?? [];
      expect(new Set(said.map(({ status }) => status)), id).toEqual(new Set(['verified', 'modelled']));
      expect(
        said.filter(({ status, source }) => (status === 'verified') !== (source !== undefined)),
        id,
      ).toEqual([]);
    }
  });

  test('a source that is not the vendor is called secondary', () => {
    for (const { id, governance } of contracts) {
      const known = PRIMARY[governance!.system!]!;
      const read = (governance!.provenance ?? []).filter(({ status }) => status === 'verified');
      const wrong = read.filter(({ source, secondary }) => known.test(source!) === (secondary ?? false));
      expect(wrong, id).toEqual([]);
    }
  });
});
