import { canonicalJson, entries, get, isObject, items, type Json, type JsonObject } from '../../model/index.ts';
import { type CallPair, type ChangeKind, type ContractPair, placeOf, sameCalls } from '../kind.ts';
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

export const securitySchemeChanged: ChangeKind = {
  direction: 'both',
  area: 'security',
  action: 'changed',
  rule: {
    id: 'compat/security-scheme-changed',
    severity: 'warn',
    title: 'Credentials are obtained in another way',
    policies: ['D6.9'],
    why: 'What is shown with a request is the same, but where and how a token is obtained or refreshed has changed.',
    fix: 'Serve the earlier addresses and flows until the consumers have moved.',
  },
  *detect({ base, head }) {
    const [before, after] = [schemesOf(base), schemesOf(head)];
    for (const [name, scheme] of before) {
      const now = after.get(name);
      if (!now || essence(scheme) !== essence(now)) continue;
      const [from, to] = [flowsOf(scheme), flowsOf(now)];
      for (const [what, value] of from) {
        if (to.get(what) === value) continue;
        yield {
          subject: base.contract.id,
          message: `security scheme "${name}": ${what} was ${value} and is now ${to.get(what) ?? 'gone'}`,
          location: head.contract.file.locate(['components', 'securitySchemes', name]),
          facts: { scheme: name, what },
        };
      }
    }
  },
};

type Compared = { base: readonly Requirement[]; head: readonly Requirement[] };

function* compared(pair: ContractPair, judge: (both: Compared) => string[]) {
  const known = namesIn(pair);
  for (const call of sameCalls(pair)) {
    if (call.base.isReversed) continue;
    const refused = judge(requirementsOf(pair, call, known));
    if (refused.length > 0) yield { call, refused };
  }
}

function requirementsOf({ base, head }: ContractPair, call: CallPair, known: (name: string) => string): Compared {
  return { base: requirements(base, call.base, known), head: requirements(head, call.head, name => name) };
}

/** What must be shown all together: scheme → scopes. */
interface Requirement {
  readonly schemes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly text: string;
}

function requirements({ contract }: Surface, { operation }: Call, known: (name: string) => string): Requirement[] {
  const stated = get(operation.cursor.value, 'security') ?? get(contract.document, 'security');
  const alternatives = items(stated).filter(isObject);
  return alternatives.length === 0 ? [NOTHING] : alternatives.map(one => requirement(one, known));
}

const NOTHING: Requirement = { schemes: new Map(), text: 'calls without credentials' };

function requirement(alternative: JsonObject, known: (name: string) => string): Requirement {
  const named = entries(alternative);
  if (named.length === 0) return NOTHING;
  const texts = named.map(([name, scopes]) => [name, ...scopesOf(scopes)].join(' '));
  return {
    schemes: new Map(named.map(([name, scopes]) => [known(name), new Set(scopesOf(scopes))])),
    text: texts.join(' with '),
  };
}

function scopesOf(value: Json): string[] {
  return items(value).map(String).sort();
}

/**
 * What a scheme of the earlier version is called in the later one. A name that is there again stands for the same
 * credentials only if the scheme is of the same kind; one that is gone may have been renamed.
 */
function namesIn({ base, head }: ContractPair): (name: string) => string {
  const [before, after] = [schemesOf(base), schemesOf(head)];
  return name => {
    const scheme = before.get(name);
    const kept = after.get(name);
    if (!scheme) return name;
    if (kept) return essence(kept) === essence(scheme) ? name : `${name}, as it was`;
    const renamed = [...after].find(([other, one]) => !before.has(other) && essence(one) === essence(scheme));
    return renamed?.[0] ?? name;
  };
}

function schemesOf({ contract }: Surface): Map<string, JsonObject> {
  const schemes = entries(get(get(contract.document, 'components'), 'securitySchemes'));
  return new Map(schemes.flatMap(([name, scheme]) => (isObject(scheme) ? [[name, scheme]] : [])));
}

/** What must be shown, and where; not how it is described, nor where tokens come from. */
function essence(scheme: JsonObject): string {
  const { type = null, in: where = null, name = null, scheme: of = null } = scheme;
  return canonicalJson([type, where, name, of]);
}

/** Addresses and flows by a name for people. */
function flowsOf(scheme: JsonObject): Map<string, string> {
  const flows = entries(scheme['flows']).flatMap(([flow, value]) => [
    [`flow ${flow}`, 'offered'] as const,
    ...['authorizationUrl', 'tokenUrl', 'refreshUrl'].flatMap(key => {
      const url = get(value, key);
      return url === undefined ? [] : [[`${key} of flow ${flow}`, String(url)] as const];
    }),
  ]);
  const discovery = get(scheme, 'openIdConnectUrl');
  return new Map([...flows, ...(discovery === undefined ? [] : [['openIdConnectUrl', String(discovery)] as const])]);
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
