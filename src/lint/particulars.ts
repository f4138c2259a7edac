import type { JsonObject } from '../model/index.ts';

/** What a message says in particular: the names that it quotes, which survive rewording, or else all of it. */
export function particularsOf(message: string): JsonObject {
  const quoted = [...message.matchAll(/"([^"]+)"|`([^`]+)`/g)].map(match => match[1] ?? match[2]!);
  // A number is a place in a list, which may be reordered.
  const names = quoted.filter(name => !/^\d+$/.test(name));
  return names.length > 0 ? { names } : { message };
}
