/**
 * The layout of files that cross a boundary: CSV, fixed-width records, or X12 segments. What OpenAPI is for an API, this
 * is for a file drop: what stands where, in which order, which totals must agree, how the file is named, delivered and
 * sent again. See docs/decisions/0005-file-layouts.md.
 */
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { CLASSIFICATIONS, type Governance } from './governance.ts';
import { IDENTIFIERS } from './identifiers.ts';

const closed = { additionalProperties: false } as const;
const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);
const literals = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description });
/** What else must be stated where `property` has this value. */
const where = (property: string, value: string, then: object) => ({
  if: { properties: { [property]: { const: value } }, required: [property] },
  then,
});

const Text = Type.String({ minLength: 1 });
const NAME = '^[a-z][A-Za-z0-9]{0,59}$';
const Name = Type.String({ pattern: NAME, description: 'A name in camelCase.' });
const FieldRef = Type.String({
  pattern: '^[a-z][A-Za-z0-9]*\\.[a-z][A-Za-z0-9]*$',
  description: 'A field of a record: `record.field`.',
});
const Length = (description: string) => Type.Integer({ minimum: 1, maximum: 10_000, description });
const Character = Type.String({ minLength: 1, maxLength: 1, pattern: '^[\\t -~]$' });

export const FILE_FORMATS = ['csv', 'fixed-width', 'x12'] as const;
export const ENCODINGS = ['us-ascii', 'utf-8', 'iso-8859-1', 'windows-1252'] as const;
export const FIELD_TYPES = ['text', 'integer', 'decimal', 'date', 'time', 'timestamp', 'code', 'filler'] as const;
export const CONTROL_KINDS = ['count', 'sum', 'hash', 'equal', 'sequence', 'unique'] as const;
export const CONDITION_KINDS = ['paired', 'any', 'exclusive', 'conditional', 'list', 'required', 'absent'] as const;
/** What `max` says where there is no upper bound. */
export const UNBOUNDED = 'unbounded';

const Field = Type.Object(
  {
    name: Name,
    description: Text,
    type: literals(
      FIELD_TYPES,
      'text; integer (at most 15 digits); decimal; date, time or timestamp by `format`; code, one of `codes`; filler, which holds nothing and is no part of the data.',
    ),
    element: optional(
      Type.String({
        pattern: '^[A-Z][A-Z0-9]{1,2}[0-9]{2}(-[0-9]{1,2})?$',
        description: 'X12: the element, e.g. `BIG02`, or a component of it, e.g. `SVC01-2`.',
      }),
    ),
    start: optional(Length('Fixed-width: position of the first character, from 1.')),
    length: optional(Length('Fixed-width: number of characters.')),
    column: optional(
      Type.String({ minLength: 1, description: 'CSV: name in the header row, where it is not `name`.' }),
    ),
    required: optional(Type.Boolean({ description: 'Whether it may not be empty. Not required unless stated.' })),
    minLength: optional(Length('Least number of characters where it is not empty.')),
    maxLength: optional(Length('Greatest number of characters. Fixed-width: the length of the field.')),
    pattern: optional(
      Type.String({ minLength: 1, maxLength: 500, description: 'Regular expression that the whole value satisfies.' }),
    ),
    identifier: optional(
      literals(
        IDENTIFIERS,
        'Text: what kind of identifier it is, where it has a check digit: gtin, gln, sscc (GS1), iban (ISO 13616), aba (routing number), hibc. One wrong digit is then noticed.',
      ),
    ),
    decimals: optional(
      Type.Integer({ minimum: 0, maximum: 9, description: 'Decimal: most digits after the decimal point.' }),
    ),
    implied: optional(
      Type.Boolean({
        description: 'Decimal: the point is not written; exactly `decimals` digits follow where it would be.',
      }),
    ),
    sign: optional(
      literals(
        ['none', 'leading', 'trailing'] as const,
        'Where a minus stands; the number is never negative unless stated.',
      ),
    ),
    format: optional(
      Type.String({
        pattern: '^(?=.*(yy|HH))(yyyy|yy|MM|dd|HH|mm|ss|SS|[-/.: TZ])+$',
        description:
          'Date, time and timestamp: yyyy yy MM dd HH mm ss SS (hundredths) and separators, e.g. `yyyyMMdd`. `yy` lies in 2000 to 2099. A timestamp with the letter Z is in UTC, any other in the time zone of the delivery window.',
      }),
    ),
    codes: optional(
      Type.Record(Type.String({ minLength: 1 }), Text, {
        minProperties: 1,
        description: 'Code: every code with its meaning.',
      }),
    ),
    pad: optional(
      Type.String({
        minLength: 1,
        maxLength: 1,
        pattern: '^[ -~]$',
        description:
          'Fixed-width: what fills the field up; 0 for numbers and a space for all else unless stated. X12: what fills it up to minLength, for the elements of ISA.',
      }),
    ),
    align: optional(
      literals(
        ['left', 'right'] as const,
        'Fixed-width: numbers are on the right, all else on the left unless stated.',
      ),
    ),
    classification: optional(
      literals(CLASSIFICATIONS, 'D6.10. Values of confidential and restricted fields are never printed.'),
    ),
  },
  {
    ...closed,
    allOf: [
      where('type', 'decimal', { required: ['decimals'] }),
      where('type', 'code', { required: ['codes'] }),
      ...['date', 'time', 'timestamp'].map(type => where('type', type, { required: ['format'] })),
    ],
  },
);
export type LayoutField = Static<typeof Field>;
export type FieldType = (typeof FIELD_TYPES)[number];

const Condition = Type.Object(
  {
    kind: literals(
      CONDITION_KINDS,
      'The relational conditions of X12.6: paired (P), any (R: at least one), exclusive (E: at most one), conditional (C: if the first, then all others), list (L: if the first, then at least one other). Of our own, with `when`: required (all are given), absent (none is).',
    ),
    fields: Type.Array(Name, { minItems: 1, description: 'Fields of the record.' }),
    when: optional(
      Type.Record(Type.String({ pattern: NAME }), Type.Union([Text, Type.Array(Text, { minItems: 1 })]), {
        minProperties: 1,
        description:
          'The condition holds only where each of these fields of the record has the value, or one of the values, e.g. a code. The values appear in messages.',
      }),
    ),
  },
  {
    ...closed,
    allOf: CONDITION_KINDS.map(kind =>
      where(
        'kind',
        kind,
        kind === 'required' || kind === 'absent' ? { required: ['when'] } : { properties: { fields: { minItems: 2 } } },
      ),
    ),
  },
);
export type LayoutCondition = Static<typeof Condition>;

const RecordLayout = Type.Object(
  {
    description: Text,
    segment: optional(Type.String({ pattern: '^[A-Z][A-Z0-9]{1,2}$', description: 'X12: the segment id.' })),
    match: optional(
      Type.Record(Type.String({ pattern: NAME }), Type.Union([Text, Type.Array(Text, { minItems: 1 })]), {
        minProperties: 1,
        description:
          'How the record is recognised: by fields and the value, or one of the values, that each has. X12: beside the segment id.',
      }),
    ),
    fields: Type.Array(Field, { minItems: 1, description: 'In the order in which they stand.' }),
    conditions: optional(Type.Array(Condition)),
  },
  closed,
);
export type RecordLayout = Static<typeof RecordLayout>;

/** A record, or a group of nodes that belong together, in the place where it may stand. */
export interface LayoutNode {
  readonly description?: string;
  /** Least and greatest number of times in a row; once unless stated. */
  readonly min?: number;
  readonly max?: number | typeof UNBOUNDED;
  readonly record?: string;
  readonly content?: LayoutStructure;
}
/** In the order in which they stand in a file. */
export type LayoutStructure = Readonly<Record<string, LayoutNode>>;

const Node = {
  type: 'object',
  additionalProperties: false,
  properties: {
    description: { type: 'string', minLength: 1 },
    min: { type: 'integer', minimum: 0, description: 'Least number of times; 1 unless stated.' },
    max: {
      anyOf: [{ type: 'integer', minimum: 1 }, { const: UNBOUNDED }],
      description: 'Greatest number of times; 1 unless stated.',
    },
    record: { type: 'string', pattern: NAME, description: 'Name of the record that stands here.' },
    content: { $ref: '#/$defs/structure', description: 'The nodes of a group, such as an invoice with its lines.' },
  },
  oneOf: [{ required: ['record'] }, { required: ['content'] }],
};
const STRUCTURE = {
  type: 'object',
  minProperties: 1,
  propertyNames: { pattern: NAME },
  additionalProperties: { $ref: '#/$defs/node' },
};
const StructureRef = Type.Unsafe<LayoutStructure>({
  $ref: '#/$defs/structure',
  description:
    'Which records stand in the file, in the order in which the nodes are written. X12: what stands between ST and SE; interchange, functional group and their controls follow from the standard.',
});

const Term = Type.Object(
  {
    field: FieldRef,
    times: optional(FieldRef),
    sign: optional(literals(['+', '-'] as const, 'Added unless stated.')),
    when: optional(
      Type.Record(Type.String({ pattern: NAME }), Text, {
        description: 'Only of records whose fields have these values.',
      }),
    ),
  },
  closed,
);
export type ControlTerm = Static<typeof Term>;

const Control = Type.Object(
  {
    kind: literals(
      CONTROL_KINDS,
      'count: number of records. sum: sum of terms. hash: sum of the digits of fields read as numbers, cut to the length of the field on the left. equal: two fields say the same. sequence: a field counts up. unique: no two records agree in the fields.',
    ),
    description: optional(Text),
    field: optional(
      Type.String({ ...FieldRef, description: 'The field that holds the control value: `record.field`.' }),
    ),
    counts: optional(
      Type.Array(Name, { minItems: 1, description: 'Records that count; all, this one included, unless stated.' }),
    ),
    of: optional(Type.Array(Term, { minItems: 1, description: 'What is summed up.' })),
    to: optional(FieldRef),
    given: optional(
      Type.Boolean({
        description:
          'Whether the value is part of the business data, such as the total of an invoice: then it is required like any other, and writing does not work it out.',
      }),
    ),
    start: optional(Type.Integer({ minimum: 0, description: 'First value of a sequence; 1 unless stated.' })),
    step: optional(Type.Integer({ minimum: 1, description: 'Step of a sequence; 1 unless stated.' })),
    fields: optional(
      Type.Array(FieldRef, {
        minItems: 1,
        description:
          'What is unique: fields of one record. What counts up where several kinds of record share one numbering, such as the HL segments of X12: a field of each.',
      }),
    ),
    within: optional(
      Type.String({
        pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$',
        description:
          'Group of the structure that it is about, e.g. `batch.invoice`, or `file`; unless stated the group in which the record of the field stands, for `equal` together with the other record.',
      }),
    ),
  },
  {
    ...closed,
    allOf: [
      where('kind', 'count', { required: ['field'] }),
      where('kind', 'sum', { required: ['field', 'of'] }),
      where('kind', 'hash', { required: ['field', 'of'] }),
      where('kind', 'equal', { required: ['field', 'to'] }),
      where('kind', 'sequence', { anyOf: [{ required: ['field'] }, { required: ['fields'] }] }),
      where('kind', 'unique', { required: ['fields'] }),
    ],
  },
);
export type LayoutControl = Static<typeof Control>;

const Token = Type.Object(
  {
    description: Text,
    date: optional(
      Type.String({ pattern: '^(yyyy|yy|MM|dd|HH|mm|ss|[-._])+$', description: 'A date or time so written.' }),
    ),
    digits: optional(Type.Integer({ minimum: 1, maximum: 18, description: 'So many digits.' })),
    pattern: optional(Type.String({ minLength: 1, maxLength: 200, description: 'Regular expression.' })),
    field: optional(
      Type.String({
        ...FieldRef,
        description:
          'The field of the content that must say the same: `record.field`. A date is compared as far as it goes, digits as a number with those at the end of the value, and else letters and digits alone.',
      }),
    ),
  },
  { ...closed, oneOf: [{ required: ['date'] }, { required: ['digits'] }, { required: ['pattern'] }] },
);

const Delivery = Type.Object(
  {
    description: optional(Text),
    fileName: Type.Object(
      {
        pattern: Type.String({
          pattern: '^([A-Za-z0-9_. -]|\\{[a-z][A-Za-z0-9]*\\})+$',
          description: 'Name of a file with `{token}` for each part that varies, e.g. `LFINV_{date}_{sequence}.txt`.',
        }),
        tokens: optional(Type.Record(Type.String({ pattern: NAME }), Token)),
        example: Text,
      },
      closed,
    ),
    window: Type.Object(
      {
        timeZone: Type.String({ minLength: 1, description: 'A name of the IANA time zone database.' }),
        days: Type.Array(literals(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, 'Day of the week.'), {
          minItems: 1,
        }),
        from: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'Earliest local time of arrival.' }),
        to: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'Latest local time of arrival.' }),
        cutOff: optional(
          Type.String({
            pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
            description: 'What is entered later is in the next file.',
          }),
        ),
        ifLate: Type.String({
          minLength: 1,
          description: 'What happens when no file has come by the end of the window.',
        }),
      },
      closed,
    ),
    transport: Type.Object(
      {
        type: literals(['sftp', 'ftps', 'as2', 'van', 'https', 'share', 'other'] as const, 'How the file travels.'),
        from: Type.String({ minLength: 1, description: 'Who sends.' }),
        to: Type.String({ minLength: 1, description: 'Who receives, and where.' }),
        description: optional(Text),
      },
      closed,
    ),
    encryption: Type.String({ minLength: 1, description: 'In transit and at rest, and whose keys.' }),
    acknowledgement: Type.Object(
      {
        type: literals(['x12-997', 'x12-999', 'file', 'mdn', 'none'] as const, 'What the receiver answers.'),
        withinMinutes: optional(Type.Integer({ minimum: 1 })),
        description: Text,
      },
      closed,
    ),
    redelivery: Type.Object(
      {
        description: Type.String({ minLength: 1, description: 'How a file is sent again.' }),
        duplicates: Type.String({ minLength: 1, description: 'How the receiver recognises what it has already.' }),
        sequence: optional(
          Type.String({ minLength: 1, description: 'The number that counts up, and where it stands.' }),
        ),
      },
      closed,
    ),
    retention: Type.Object(
      { days: Type.Integer({ minimum: 1 }), description: Text },
      { ...closed, description: 'How long the file itself is kept by both sides.' },
    ),
  },
  closed,
);
export type Delivery = Static<typeof Delivery>;

const Example = Type.Object(
  {
    file: Type.String({
      pattern: '^examples/[A-Za-z0-9_.-]+$',
      description: 'Path from the layout; the file is held against the layout.',
    }),
    summary: Text,
  },
  closed,
);

/** What a field of any record must state in a format. */
const eachField = (required: readonly string[]) => ({
  additionalProperties: { properties: { fields: { items: { required: [...required] } } } },
});

export const Layout = Type.Object(
  {
    countersign: Type.Literal('layout'),
    title: Text,
    version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
    description: Text,
    'x-governance': Type.Unsafe<Governance>(Type.Ref('governance')),
    format: literals(FILE_FORMATS, 'How records and fields are told apart.'),
    encoding: literals(ENCODINGS, 'How characters are written as bytes.'),
    newline: literals(
      ['lf', 'crlf', 'none'] as const,
      'What ends a record. X12: what follows a segment terminator when we write; readers accept any.',
    ),
    csv: optional(
      Type.Object(
        {
          delimiter: Character,
          quote: Character,
          header: optional(
            Type.String({
              pattern: NAME,
              description: 'The record whose columns the first row names; no header unless stated.',
            }),
          ),
          multiline: optional(Type.Boolean({ description: 'Whether quoted fields may hold line breaks.' })),
        },
        { ...closed, description: 'Comma-separated values after RFC 4180.' },
      ),
    ),
    fixedWidth: optional(
      Type.Object({ recordLength: Length('Characters of every record, its newline not counted.') }, closed),
    ),
    x12: optional(
      Type.Object(
        {
          version: Type.String({ pattern: '^00[3-9]0[1-9]0([A-Z0-9]{1,6})?$', description: 'GS08, e.g. 005010.' }),
          functionalGroup: Type.String({ pattern: '^[A-Z]{2}$', description: 'GS01, e.g. IN for invoices.' }),
          transactionSet: Type.String({ pattern: '^[0-9]{3}$', description: 'ST01, e.g. 810.' }),
          delimiters: optional(
            Type.Object(
              { element: Character, component: Character, repetition: Character, segment: Character },
              { ...closed, description: 'As agreed; `* : ^ ~` unless stated. A file says its own in ISA.' },
            ),
          ),
        },
        closed,
      ),
    ),
    records: Type.Record(Type.String({ pattern: '^(?!structure$)[a-z][A-Za-z0-9]{0,59}$' }), RecordLayout, {
      minProperties: 1,
      description: 'The kinds of record (X12: segments as they are used here) by name.',
    }),
    structure: StructureRef,
    controls: optional(Type.Array(Control, { description: 'What must agree within a file.' })),
    delivery: Delivery,
    examples: Type.Array(Example, { minItems: 1 }),
  },
  {
    ...closed,
    $id: 'layout',
    title: 'File layout',
    description: 'Layout and delivery of a file: CSV, fixed-width or X12.',
    allOf: [
      where('format', 'csv', { required: ['csv'] }),
      where('format', 'fixed-width', {
        required: ['fixedWidth'],
        properties: { records: eachField(['start', 'length']) },
      }),
      where('format', 'x12', {
        required: ['x12'],
        properties: {
          records: {
            additionalProperties: {
              required: ['segment'],
              properties: { fields: { items: { required: ['element'] } } },
            },
          },
        },
      }),
    ],
    $defs: { node: Node, structure: STRUCTURE },
  },
);
export interface Layout extends Static<typeof Layout> {}
