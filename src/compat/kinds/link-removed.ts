import { down, members } from '../../load/index.ts';
import { extend, segment } from '../../model/index.ts';
import { type ChangeKind, placeOf, sameCalls } from '../kind.ts';

export const linkRemoved: ChangeKind = {
  direction: 'response',
  area: 'link',
  action: 'removed',
  rule: {
    id: 'compat/link-removed',
    severity: 'warn',
    title: 'A link from a response was removed',
    policies: ['D6.2'],
    why: 'Generated clients and workflows follow it to the next call.',
    fix: 'Keep the link as long as the operation that it leads to exists.',
  },
  *detect(pair) {
    for (const { base, head } of sameCalls(pair)) {
      for (const response of base.operation.responses) {
        const kept = head.operation.responses.find(({ status }) => status === response.status);
        if (!kept) continue;
        const links = new Set(members(down(kept.cursor, 'links')).map(([name]) => name));
        for (const [name] of members(down(response.cursor, 'links'))) {
          if (links.has(name)) continue;
          yield {
            subject: extend(base.operation.id, 'response', response.status, 'link', segment(name)),
            message: `link "${name}" of the ${response.status} response of ${base.title} is gone`,
            location: placeOf(kept.cursor),
            facts: {},
          };
        }
      }
    }
  },
};
