import { deref, down, members, place, rootOf } from '../load/index.ts';
import { asString, type Contract, type Cursor, type Estate, get } from '../model/index.ts';
import { definePolicy } from './policy.ts';

export default definePolicy({
  rule: {
    id: 'policy/event-owner',
    severity: 'error',
    title: 'Two contracts describe the same channel',
    policies: ['D6.1', 'D6.18'],
    why: 'Who answers for an event decides about its schema. Where two contracts describe one topic, each changes it without the other, and consumers find out.',
    fix: 'Leave the channel in the contract of the team that sends, and let the other refer to it; or give the second its own address.',
  },
  /** By address; the address of AsyncAPI 2 is the key. Majors of one contract run side by side and may not share one. */
  *check({ estate }) {
    const first = new Map<string, { contract: Contract; cursor: Cursor }>();
    for (const contract of estate.contracts) {
      if (contract.dialect.name !== 'asyncapi') continue;
      for (const { address, cursor } of channelsOf(estate, contract)) {
        const known = first.get(address);
        if (!known) {
          first.set(address, { contract, cursor });
          continue;
        }
        yield {
          subject: contract.id,
          message: `describes the channel ${address}, which ${known.contract.id} of ${known.contract.governance?.owner ?? 'nobody'} describes`,
          facts: { address },
          location: place(cursor),
          evidence: { related: [{ message: 'the other description', location: place(known.cursor) }] },
        };
      }
    }
  },
});

function channelsOf(estate: Estate, contract: Contract): { address: string; cursor: Cursor }[] {
  const isVersion2 = contract.dialect.version.startsWith('2');
  return members(down(rootOf(contract.file), 'channels')).flatMap(([name, reference]) => {
    const cursor = deref(estate.files, reference);
    // A reference into another contract describes nothing.
    if (!cursor || cursor.file !== contract.file) return [];
    const address = isVersion2 ? name : asString(get(cursor.value, 'address'));
    return address === undefined || address === '' ? [] : [{ address, cursor }];
  });
}
