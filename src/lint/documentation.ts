import type { Ruleset } from '@stoplight/spectral-core';
import { asString, type Json, type JsonObject, type Rule, type Severity } from '../model/index.ts';

/** What `countersign explain` prints, for each rule of a ruleset that is switched on, by id. */
export function documentationOf(ruleset: Ruleset): ReadonlyMap<string, Rule> {
  const enabled = Object.values(ruleset.rules).filter(rule => rule.enabled);
  return new Map(enabled.map(rule => [ruleId(rule.name), documented(rule)]));
}

/** The id of the findings of a Spectral rule. */
export function ruleId(code: string): string {
  return `lint/${code}`;
}

/** Spectral counts error, warn, info, hint; a hint is information. */
export function severityOf(level: number): Severity {
  return level <= 0 ? 'error' : level === 1 ? 'warn' : 'info';
}

function documented(rule: Ruleset['rules'][string]): Rule {
  // Our metadata stand under `extensions`, the key that Spectral leaves to whoever writes a ruleset.
  const stated = (rule.extensions ?? {}) as JsonObject;
  const policies = stated['policies'];
  const page = rule.documentationUrl;
  return {
    id: ruleId(rule.name),
    severity: severityOf(rule.severity),
    title: asString(stated['title']) ?? rule.description ?? withoutPlaceholders(rule.message) ?? rule.name,
    ...(Array.isArray(policies) ? { policies: policies.filter(isString) } : {}),
    why: asString(stated['why']) ?? (page ? WHY_SPECTRAL : 'The ruleset in use demands it.'),
    fix:
      asString(stated['fix']) ?? `${rule.description ?? 'Change what the message names.'}${page ? ` See ${page}` : ''}`,
    ...(page ? { documentation: page } : {}),
  };
}

const WHY_SPECTRAL =
  "One of Spectral's rules for sound API descriptions: generators, mocks, gateways and readers rely on what it checks.";

function withoutPlaceholders(message: string | null): string | undefined {
  return message === null || message.includes('{{') ? undefined : message;
}

function isString(value: Json): value is string {
  return typeof value === 'string';
}
