/** Patterns that only the older grammar of JavaScript allows (ECMA-262, annex B.1.2), in words of today's. */
import { type AST, RegExpParser } from '@eslint-community/regexpp';

/**
 * The same pattern as one that the flag `u` allows: `[\w-.]` becomes `[\w\u{2d}.]`. Undefined where it is no pattern in
 * either grammar, or where the flag would give it another meaning.
 */
export function modernPattern(pattern: string): string | undefined {
  // Meant for the flag, or about halves of characters: what the older grammar reads in these is nobody's intention.
  if (/\\[pP]\{|\\u\{|[\ud800-\udfff]/.test(pattern)) return undefined;
  try {
    return alternativesOf(new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: false }));
  } catch {
    return undefined;
  }
}

function alternativesOf({ alternatives }: { readonly alternatives: readonly AST.Alternative[] }): string {
  return alternatives.map(({ elements }) => elements.map(elementOf).join('')).join('|');
}

function elementOf(element: AST.Element): string {
  switch (element.type) {
    case 'Character':
      return characterOf(element);
    case 'CharacterClass':
      return `[${element.negate ? '^' : ''}${element.elements.map(memberOf).join('')}]`;
    case 'Quantifier':
      return quantified(element);
    case 'Group':
      return `(?:${alternativesOf(element)})`;
    case 'CapturingGroup':
      return `(${element.name === null ? '' : `?<${element.name}>`}${alternativesOf(element)})`;
    case 'Assertion':
      return 'alternatives' in element ? `(${lookOf(element)}${alternativesOf(element)})` : element.raw;
    default:
      return element.raw;
  }
}

/** Only the older grammar repeats look-aheads. */
function quantified({ element, raw }: AST.Quantifier): string {
  const repeated = element.type === 'Assertion' ? `(?:${elementOf(element)})` : elementOf(element);
  return repeated + raw.slice(element.raw.length);
}

function lookOf({ kind, negate }: AST.LookaroundAssertion): string {
  return `?${kind === 'lookbehind' ? '<' : ''}${negate ? '!' : '='}`;
}

function memberOf(member: AST.CharacterClassElement): string {
  if (member.type === 'Character') return characterOf(member);
  if (member.type === 'CharacterClassRange') return `${characterOf(member.min)}-${characterOf(member.max)}`;
  return member.raw;
}

/** Letters and digits stand for themselves; of all else it depends on where it stands. */
function characterOf({ value }: AST.Character): string {
  const character = String.fromCodePoint(value);
  return /^[\dA-Za-z]$/.test(character) ? character : `\\u{${value.toString(16)}}`;
}
