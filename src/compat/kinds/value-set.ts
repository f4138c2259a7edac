import { changeAt, describePart, differencesOf, partOf } from '../difference-kind.ts';
import type { ChangeKind, ContractPair } from '../kind.ts';
import type { Direction } from '../surface.ts';

export const requestValueRemoved: ChangeKind = {
  direction: 'request',
  area: 'value',
  action: 'removed',
  rule: {
    id: 'compat/request-value-removed',
    severity: 'error',
    title: 'A request value is no longer accepted',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers that send the value are refused.',
    fix: 'Keep accepting the value; map it to its replacement on the server.',
  },
  detect: pair => changed(pair, 'request', (part, value) => `${part} no longer accepts ${value}`),
};

export const responseValueAdded: ChangeKind = {
  direction: 'response',
  area: 'value',
  action: 'added',
  rule: {
    id: 'compat/response-value-added',
    severity: 'error',
    title: 'A response may carry a value it never carried',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers switch over the values they know; an unknown status in a payment run is treated as a failure, or worse, as the default.',
    fix: 'Introduce it in a new major version, or declare the list open from the beginning.',
  },
  detect: pair => changed(pair, 'response', (part, value) => `${part} may now be ${value}`),
};

function* changed(pair: ContractPair, direction: Direction, say: (part: string, value: string) => string) {
  for (const difference of differencesOf(pair, direction, 'value')) {
    const value = partOf(difference) ?? null;
    const message = say(describePart(difference), JSON.stringify(value));
    yield changeAt(difference, message, { value });
  }
}
