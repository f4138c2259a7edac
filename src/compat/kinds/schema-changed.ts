import { get } from '../../model/index.ts';
import { changeAt, describePart, differencesOf, partOf } from '../difference-kind.ts';
import type { ChangeKind, ContractPair } from '../kind.ts';
import type { Direction } from '../surface.ts';

/** Whatever else a schema can say: lengths, ranges, patterns, counts, alternatives, conditions. */
export const requestNarrowed: ChangeKind = {
  direction: 'request',
  area: 'schema',
  action: 'required',
  rule: {
    id: 'compat/request-narrowed',
    severity: 'error',
    title: 'A request that was accepted is refused',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers that send such a payload, which the earlier version accepts, are refused.',
    fix: 'Keep accepting it, or start a new major version.',
  },
  detect: pair => changed(pair, 'request', (part, value, limit) => `${part} no longer accepts ${value}: ${limit}`),
};

export const responseWidened: ChangeKind = {
  direction: 'response',
  area: 'schema',
  action: 'optional',
  rule: {
    id: 'compat/response-widened',
    severity: 'error',
    title: 'A response may be what it never was',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers rely on what the earlier version promises: a length that fits their column, a range, a form.',
    fix: 'Keep the promise, or start a new major version.',
  },
  detect: pair =>
    changed(pair, 'response', (part, value, limit) => `${part} may now be ${value}, which it never was: ${limit}`),
};

type Say = (part: string, value: string, limit: string) => string;

function* changed(pair: ContractPair, direction: Direction, say: Say) {
  for (const difference of differencesOf(pair, direction, 'other')) {
    const { keyword, rejecting } = difference;
    const limit = get(rejecting.value, keyword);
    const isShort = limit !== undefined && typeof limit !== 'object';
    const what = keyword === '' ? 'by its schema' : `by ${keyword}${isShort ? ` ${String(limit)}` : ''}`;
    const value = shortened(JSON.stringify(partOf(difference) ?? null));
    yield changeAt(difference, say(describePart(difference), value, what), { keyword });
  }
}

const LONGEST = 40;
const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
