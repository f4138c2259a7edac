import { contentHash, get, getIn, isObject, items, type Json, type JsonObject } from '../../model/index.ts';
import { type CallPair, type ChangeKind, placeOf, sameCalls } from '../kind.ts';
import type { Call, Surface } from '../surface.ts';

/**
 * A security requirement is a choice of conjunctions (OpenAPI 3.1, Security Requirement Object): a caller who met one of
 * the earlier ones must still meet one.
 */
export const securityTightened: ChangeKind = {
  direction: 'request',
  area: 'security',
  action: 'required',
  rule: {
    id: 'compat/security-tightened',
    severity: 'error',
    title: 'Credentials that were enough are no longer enough',
    policies: ['D6.2', 'D6.9', 'D6.12'],
    why: 'Consumers whose tokens lack the new scope or scheme are refused with 401 or 403.',
    fix: 'Accept the earlier credentials too until the consumers have the new ones, or start a new major version.',
  },
  *detect(pair) {
    for (const { call, refused } of compared(pair, ({ base, head }) => unmet(base, head))) {
      const message = `${call.base.title} no longer accepts ${refused.join(' or ')}`;
      yield {
        subject: call.base.operation.id,
        message,
        location: placeOf(call.head.operation.cursor),
        facts: { refused },
      };
    }
  },
};

export const securityLoosened: ChangeKind = {
  direction: 'request',
  area: 'security',
  action: 'optional',
  rule: {
    id: 'compat/security-loosened',
    severity: 'info',
    title: 'Credentials are enough that were not',
    policies: ['D6.9', 'D6.12'],
    why: 'No caller breaks, but more callers get in: someone should have wanted that.',
    fix: 'Have it confirmed by whoever owns the data.',
  },
  *detect(pair) {
    for (const { call, refused: accepted } of compared(pair, ({ base, head }) => unmet(head, base))) {
      const message = `${call.base.title} now accepts ${accepted.join(' or ')}`;
      yield {
        subject: call.base.operation.id,
        message,
        location: placeOf(call.head.operation.cursor),
        facts: { accepted },
      };
    }
  },
};

type Compared = { base: readonly Requirement[]; head: readonly Requirement[] };

function* compared(pair: Parameters<ChangeKind['detect']>[0], judge: (both: Compared) => string[]) {
  for (const call of sameCalls(pair)) {
    if (call.base.isReversed) continue;
    const refused = judge(requirementsOf(pair, call));
    if (refused.length > 0) yield { call, refused };
  }
}

function requirementsOf({ base, head }: { base: Surface; head: Surface }, call: CallPair): Compared {
  return { base: requirements(base, call.base), head: requirements(head, call.head) };
}

/** What must be shown all together: scheme → scopes. Schemes are known by what they are, not by what they are called. */
interface Requirement {
  readonly schemes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly text: string;
}

function requirements({ contract }: Surface, { operation }: Call): Requirement[] {
  const stated = get(operation.cursor.value, 'security') ?? get(contract.document, 'security');
  const alternatives = items(stated).filter(isObject);
  return alternatives.length === 0 ? [NOTHING] : alternatives.map(one => requirement(contract.document, one));
}

const NOTHING: Requirement = { schemes: new Map(), text: 'calls without credentials' };

function requirement(document: JsonObject, alternative: JsonObject): Requirement {
  const named = Object.entries(alternative);
  if (named.length === 0) return NOTHING;
  const texts = named.map(([name, scopes]) => [name, ...scopesOf(scopes)].join(' '));
  return {
    schemes: new Map(named.map(([name, scopes]) => [identity(document, name), new Set(scopesOf(scopes))])),
    text: `${texts.join(' with ')}`,
  };
}

function scopesOf(value: Json): string[] {
  return items(value).map(String).sort();
}

function identity(document: JsonObject, name: string): string {
  const scheme = getIn(document, ['components', 'securitySchemes', name]);
  if (!isObject(scheme) || '$ref' in scheme) return name;
  const { description: _, flows: __, ...essential } = scheme;
  return contentHash(essential);
}

/** The texts of those of `callers` that meet none of `demands`. */
function unmet(callers: readonly Requirement[], demands: readonly Requirement[]): string[] {
  const meets = (caller: Requirement) =>
    demands.some(({ schemes }) =>
      [...schemes].every(([scheme, scopes]) => {
        const held = caller.schemes.get(scheme);
        return held !== undefined && [...scopes].every(scope => held.has(scope));
      }),
    );
  return callers.filter(caller => !meets(caller)).map(({ text }) => text);
}
