import { daysBetween } from '../../lifecycle/index.ts';
import { down, rootOf } from '../../load/index.ts';
import type { Cursor } from '../../model/index.ts';
import {
  type ChangeKind,
  type ContractPair,
  describeField,
  fieldId,
  placeOf,
  sameCalls,
  sameFields,
  sameParameters,
} from '../kind.ts';
import { contractRetirement, ownRetirement, type Retirement, STABILITIES } from '../retirement.ts';

const policies = ['D6.16', 'D7.1'];

export const sunsetMovedEarlier: ChangeKind = {
  direction: 'both',
  area: 'lifecycle',
  action: 'changed',
  rule: {
    id: 'compat/sunset-moved-earlier',
    severity: 'error',
    title: 'A sunset was moved to an earlier day',
    policies,
    why: 'Consumers have planned their move by the date they were told.',
    fix: 'Keep the date, or agree on the new one with every consumer that remains.',
  },
  *detect(pair) {
    for (const { id, name, base, head, cursor, node } of sameThings(pair)) {
      if (base.sunset === undefined || head.sunset === undefined || head.sunset >= base.sunset) continue;
      const message = `the sunset of ${name} was ${base.sunset} and is now ${head.sunset}`;
      yield {
        subject: id,
        message,
        location: placeOf(cursor),
        facts: { from: base.sunset, to: head.sunset },
        ...at(node),
      };
    }
  },
};

export const noticeTooShort: ChangeKind = {
  direction: 'both',
  area: 'lifecycle',
  action: 'required',
  rule: {
    id: 'compat/notice-too-short',
    severity: 'error',
    title: 'Something is deprecated with too little time until its sunset',
    policies,
    why: 'Consumers need the notice period of the policy to move; after the sunset they fail.',
    fix: 'Move the sunset behind the notice period.',
  },
  *detect(pair) {
    for (const { id, name, base, head, cursor, node } of sameThings(pair)) {
      if (base.deprecated || !head.deprecated || head.sunset === undefined || isUnpromised(head)) continue;
      const days = daysBetween(pair.today, head.sunset);
      if (days >= pair.noticeDays) continue;
      const message = `${name} is deprecated with its sunset on ${head.sunset}, in ${days} days; ${pair.noticeDays} are promised`;
      yield { subject: id, message, location: placeOf(cursor), facts: { sunset: head.sunset }, ...at(node) };
    }
  },
};

export const lifecycleUnreadable: ChangeKind = {
  direction: 'both',
  area: 'lifecycle',
  action: 'retyped',
  rule: {
    id: 'compat/lifecycle-unreadable',
    severity: 'error',
    title: 'A sunset date or stability level cannot be read',
    policies,
    why: 'Whether something may be removed is decided by it.',
    fix: `Write the sunset as YYYY-MM-DD, and the level as one of ${STABILITIES.join(', ')}.`,
  },
  *detect(pair) {
    for (const { id, name, base, head, cursor, node } of sameThings(pair)) {
      for (const key of new Set([...base.unreadable, ...head.unreadable])) {
        const message = `${key} of ${name} says nothing that can be read`;
        yield { subject: id, message, location: placeOf(cursor), facts: { key }, ...at(node) };
      }
    }
  },
};

export const stabilityLowered: ChangeKind = {
  direction: 'both',
  area: 'lifecycle',
  action: 'optional',
  rule: {
    id: 'compat/stability-lowered',
    severity: 'error',
    title: 'Something promises less stability than before',
    policies,
    why: 'What is alpha may be removed without notice; consumers built on a promise.',
    fix: 'Keep the level. To retire something, deprecate it.',
  },
  *detect(pair) {
    for (const { id, name, base, head, cursor, node } of sameThings(pair)) {
      if (STABILITIES.indexOf(head.stability) >= STABILITIES.indexOf(base.stability)) continue;
      const message = `${name} was ${base.stability} and is now ${head.stability}`;
      yield {
        subject: id,
        message,
        location: placeOf(cursor),
        facts: { from: base.stability, to: head.stability },
        ...at(node),
      };
    }
  },
};

export const deprecationAdded: ChangeKind = {
  direction: 'both',
  area: 'lifecycle',
  action: 'added',
  rule: {
    id: 'compat/deprecated',
    severity: 'info',
    title: 'Something was deprecated',
    policies,
    why: 'It still works, and its consumers should start to move.',
    fix: 'Tell the consumers; name a successor and a sunset date.',
  },
  *detect(pair) {
    for (const { id, name, base, head, cursor, node } of sameThings(pair)) {
      if (base.deprecated || !head.deprecated) continue;
      const until = head.sunset === undefined ? '' : `, until ${head.sunset}`;
      yield {
        subject: id,
        message: `${name} is deprecated${until}`,
        location: placeOf(cursor),
        facts: {},
        ...at(node),
      };
    }
  },
};

export const deprecationRemoved: ChangeKind = {
  direction: 'both',
  area: 'lifecycle',
  action: 'removed',
  rule: {
    id: 'compat/reactivated',
    severity: 'info',
    title: 'Something is no longer deprecated',
    policies,
    why: 'Consumers that are moving away may stay.',
    fix: 'Tell the consumers.',
  },
  *detect(pair) {
    for (const { id, name, base, head, cursor, node } of sameThings(pair)) {
      if (!base.deprecated || head.deprecated) continue;
      yield {
        subject: id,
        message: `${name} is no longer deprecated`,
        location: placeOf(cursor),
        facts: {},
        ...at(node),
      };
    }
  },
};

function at(node: Cursor | undefined) {
  return node === undefined ? {} : { node };
}

function isUnpromised({ stability }: Retirement): boolean {
  return stability === 'draft' || stability === 'alpha';
}

interface Thing {
  readonly id: string;
  readonly name: string;
  readonly base: Retirement;
  readonly head: Retirement;
  readonly cursor: Cursor;
  /** The schema, which several places may share. */
  readonly node?: Cursor;
}

/** The contract itself, its operations, their parameters and the fields of what they carry: what can be deprecated. */
function* sameThings(pair: ContractPair): Iterable<Thing> {
  const own = (base: Cursor, head: Cursor) => ({ base: ownRetirement(base), head: ownRetirement(head), cursor: head });
  const { contract } = pair.head;
  const root = rootOf(contract.file);
  if (root) {
    const [base, head] = [contractRetirement(pair.base.contract), contractRetirement(contract)];
    yield {
      id: contract.id,
      name: contract.title,
      base,
      head,
      cursor: down(root, 'x-governance', 'lifecycle') ?? root,
    };
  }
  for (const { base, head } of sameCalls(pair)) {
    yield { id: base.operation.id, name: base.title, ...own(base.operation.cursor, head.operation.cursor) };
    for (const { parameter, kept, id, name } of sameParameters({ base, head })) {
      yield { id, name, ...own(parameter.cursor, kept.cursor) };
    }
  }
  for (const direction of ['request', 'response'] as const) {
    for (const { place, base, head } of sameFields(pair, direction)) {
      if (base.path.length === 0) continue;
      const id = fieldId(place.base, base);
      yield { id, name: describeField(place.base, base), ...own(base.cursor, head.cursor), node: head.cursor };
    }
  }
}
