/**
 * Everything that a report quotes was written by the authors of contracts, in a pull request perhaps by a stranger.
 * Shown as it is, it could recolour or rewrite a terminal, turn text round (Trojan Source, CVE-2021-42574), or talk to
 * the CI system that reads our output. Each format passes what it quotes through one of these functions.
 */

/** Nobody reads more of a message than this, and a megabyte of it would bury the other findings. */
const LONGEST = 2000;

/** What terminals obey (ECMA-48 §5.3, §5.4, §5.6). A control string counts only if closed, or it would swallow the rest. */
const SEQUENCES = new RegExp(
  [
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
    String.raw`(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)`,
    String.raw`\u001b[ -/]*[0-~]`,
  ].join('|'),
  'g',
);

/** Controls, invisible formatting (all but the joiners that scripts and emoji need), and what is no character. */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** `##[…]` (GitHub), `##vso[…]` (Azure), `##teamcity[…]`: obeyed anywhere in a line. `::…` (GitHub): at its start. */
const LOG_COMMAND = /##(?=\[|vso\[|teamcity\[)/gi;
const LINE_COMMAND = /(?<!\S)::/g;

/** White space, but for the byte order mark: that one is invisible. */
const SPACE = /[^\S\ufeff]+/g;

/** Text for people: one line, no escape sequences, nothing invisible, nothing that a CI system obeys. */
export function plain(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return disarm(cut.replace(SEQUENCES, '').replace(SPACE, ' ').replace(UNPRINTABLE, '').replace(/ +/g, ' ').trim());
}

/** Source code for people: what is invisible is made visible instead of dropped, for it may be the fault. */
export function revealed(code: string): string {
  return disarm(code.replaceAll('\t', '  ').replace(UNPRINTABLE, reveal));
}

/**
 * JSON (RFC 8259) for programs: nothing is lost, but what could harm a log or terminal on the way is written as a
 * `\u` escape.
 */
export function safeJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  return `${json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, escapeUnits).replace(LOG_COMMAND, '\\u0023#')}\n`;
}

function disarm(text: string): string {
  return text.replace(LOG_COMMAND, '# #').replace(LINE_COMMAND, ': :');
}

function reveal(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '␡' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}
