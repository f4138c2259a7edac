/** Dates and times as files write them, from and to ISO 8601. */

const TOKENS = /yyyy|yy|MM|dd|HH|mm|ss|SS/g;
const DIGITS: Readonly<Record<string, number>> = { yyyy: 4, yy: 2, MM: 2, dd: 2, HH: 2, mm: 2, ss: 2, SS: 2 };

export interface DateFormat {
  /** ISO form of what a file says; undefined where it is no such date or time. */
  readonly parse: (text: string) => string | undefined;
  /** The reverse; undefined where the value is not of the ISO form. */
  readonly format: (value: string) => string | undefined;
  /** What the ISO form looks like, as a pattern of JSON Schema, and its format there where it has one. */
  readonly pattern: string;
  readonly name: 'date' | 'date-time' | undefined;
}

export type Temporal = 'date' | 'time' | 'timestamp';

const PARTS: Readonly<Record<Temporal, { readonly needs: readonly string[]; readonly allows: readonly string[] }>> = {
  date: { needs: ['MM', 'dd'], allows: ['yyyy', 'yy', 'MM', 'dd'] },
  time: { needs: ['HH', 'mm'], allows: ['HH', 'mm', 'ss', 'SS'] },
  timestamp: { needs: ['MM', 'dd', 'HH', 'mm'], allows: ['yyyy', 'yy', 'MM', 'dd', 'HH', 'mm', 'ss', 'SS'] },
};

function tokensOf(format: string): string[] {
  return format.match(TOKENS) ?? [];
}

/** Why a format cannot be used for a type; undefined where it can. */
export function formatProblem(type: Temporal, format: string): string | undefined {
  const tokens = tokensOf(format);
  const { needs, allows } = PARTS[type];
  const twice = tokens.find((token, index) => tokens.indexOf(token) !== index);
  if (twice !== undefined) return `"${twice}" occurs twice`;
  const missing = needs.find(token => !tokens.includes(token));
  if (missing !== undefined) return `a ${type} needs "${missing}"`;
  const years = tokens.filter(token => token.startsWith('yy')).length;
  if (type !== 'time' && years !== 1) return `a ${type} needs "yyyy" or "yy"`;
  const extra = tokens.find(token => !allows.includes(token));
  if (extra !== undefined) return `"${extra}" does not belong into a ${type}`;
  if (tokens.includes('SS') && !tokens.includes('ss')) return '"SS" needs "ss"';
  return undefined;
}

/** `format` must be one that {@link formatProblem} has nothing against. */
export function dateFormat(type: Temporal, format: string): DateFormat {
  const tokens = tokensOf(format);
  const source = format.split(TOKENS).map(text => text.replace(/[.]/g, '\\.'));
  const expression = new RegExp(
    `^${source.map((text, index) => text + (tokens[index] ? `\\d{${DIGITS[tokens[index]]}}` : '')).join('')}$`,
  );
  /** Where each token stands; every one has its fixed number of digits. */
  const spanOf = (token: string): readonly [from: number, to: number] => {
    const from = format.search(new RegExp(token === 'yy' ? 'yy(?!yy)' : token));
    return [from, from + DIGITS[token]!];
  };
  const spans = new Map(tokens.map(token => [token, spanOf(token)]));
  const hasCentury = tokens.includes('yyyy');
  const hasSeconds = tokens.includes('ss');
  const hasHundredths = tokens.includes('SS');
  const isUtc = format.includes('Z');

  const parse = (text: string) => {
    if (!expression.test(text)) return undefined;
    const part = (token: string) => text.slice(...spans.get(token)!);
    const year = hasCentury ? 'yyyy' : 'yy';
    const date = type === 'time' ? '' : `${hasCentury ? '' : '20'}${part(year)}-${part('MM')}-${part('dd')}`;
    const seconds = hasSeconds ? `:${part('ss')}${hasHundredths ? `.${part('SS')}` : ''}` : '';
    const time = type === 'date' ? '' : `${part('HH')}:${part('mm')}${seconds}`;
    if (date !== '' && !isDate(date)) return undefined;
    if (time !== '' && !isTime(time)) return undefined;
    if (type === 'timestamp') return `${date}T${time}${isUtc ? 'Z' : ''}`;
    return date + time;
  };
  const iso = new RegExp(isoPattern(type, tokens, isUtc));
  const write = (value: string) => {
    if (!iso.test(value)) return undefined;
    const [date, time] = type === 'time' ? ['', value] : [value.slice(0, 10), value.slice(11)];
    if (date !== '' && !isDate(date)) return undefined;
    const part: Record<string, string> = {
      yyyy: date.slice(0, 4),
      yy: date.slice(2, 4),
      MM: date.slice(5, 7),
      dd: date.slice(8, 10),
      HH: time.slice(0, 2),
      mm: time.slice(3, 5),
      ss: time.slice(6, 8),
      SS: time.slice(9, 11),
    };
    return format.replace(TOKENS, token => part[token]!);
  };
  const name = type === 'date' ? 'date' : type === 'timestamp' && isUtc && hasSeconds ? 'date-time' : undefined;
  return { parse, format: write, pattern: iso.source, name };
}

function isoPattern(type: Temporal, tokens: readonly string[], isUtc: boolean): string {
  const year = tokens.includes('yyyy') ? '[0-9]{4}' : '20[0-9]{2}';
  const date = `${year}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])`;
  const hundredths = tokens.includes('SS') ? '\\.[0-9]{2}' : '';
  const time = `([01][0-9]|2[0-3]):[0-5][0-9]${tokens.includes('ss') ? `:[0-5][0-9]${hundredths}` : ''}`;
  if (type === 'timestamp') return `^${date}T${time}${isUtc ? 'Z' : ''}$`;
  return `^${type === 'date' ? date : time}$`;
}

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether `YYYY-MM-DD` is a day of the Gregorian calendar. */
function isDate(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (MONTHS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d\d)?)?$/.test(text);
}
