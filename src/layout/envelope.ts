/**
 * Interchange, functional group and transaction set of X12 (X12.5 and X12.6, version 005010): the same round every
 * transaction set, so no layout declares them.
 */
import type { Layout, LayoutControl, LayoutField, LayoutStructure, RecordLayout } from '../model/index.ts';
import { type Delimiters, delimitersOf } from './codec.ts';

/** Names of the nodes of the envelope; the declared structure stands in `transactions`. */
export const ENVELOPE_NODES = ['interchanges', 'groups', 'transactions'] as const;

export interface Envelope {
  readonly records: Readonly<Record<string, RecordLayout>>;
  readonly structure: LayoutStructure;
  readonly controls: readonly LayoutControl[];
  /** Values that follow from the layout, by `record.field`: no part of the data. */
  readonly constants: ReadonlyMap<string, string>;
}

export function envelopeOf(layout: Layout): Envelope {
  const { version, functionalGroup, transactionSet } = layout.x12!;
  const delimiters = delimitersOf(layout);
  return {
    records: {
      interchangeHeader: interchangeHeader(version),
      groupHeader: groupHeader(version, functionalGroup),
      transactionHeader: {
        description: 'Start of a transaction set.',
        segment: 'ST',
        fields: [
          code('transactionSet', 'ST01', 'Which transaction set it is.', { [transactionSet]: layout.title }),
          text('controlNumber', 'ST02', 'Number of the transaction set within its group.', 4, 9),
        ],
      },
      transactionTrailer: {
        description: 'End of a transaction set, with its control values.',
        segment: 'SE',
        fields: [
          number('segmentCount', 'SE01', 'Number of segments, ST and SE included.', 1, 10),
          text('controlNumber', 'SE02', 'The same as in ST02.', 4, 9),
        ],
      },
      groupTrailer: {
        description: 'End of a functional group, with its control values.',
        segment: 'GE',
        fields: [
          number('transactionCount', 'GE01', 'Number of transaction sets in the group.', 1, 6),
          number('controlNumber', 'GE02', 'The same as in GS06.', 1, 9),
        ],
      },
      interchangeTrailer: {
        description: 'End of an interchange, with its control values.',
        segment: 'IEA',
        fields: [
          number('groupCount', 'IEA01', 'Number of functional groups in the interchange.', 1, 5),
          number('controlNumber', 'IEA02', 'The same as in ISA13.', 9, 9),
        ],
      },
    },
    structure: {
      interchanges: {
        max: 'unbounded',
        content: {
          interchangeHeader: { record: 'interchangeHeader' },
          groups: {
            max: 'unbounded',
            content: {
              groupHeader: { record: 'groupHeader' },
              transactions: {
                max: 'unbounded',
                content: {
                  transactionHeader: { record: 'transactionHeader' },
                  ...layout.structure,
                  transactionTrailer: { record: 'transactionTrailer' },
                },
              },
              groupTrailer: { record: 'groupTrailer' },
            },
          },
          interchangeTrailer: { record: 'interchangeTrailer' },
        },
      },
    },
    controls: [
      { kind: 'count', field: 'transactionTrailer.segmentCount' },
      { kind: 'equal', field: 'transactionTrailer.controlNumber', to: 'transactionHeader.controlNumber' },
      {
        kind: 'unique',
        fields: ['transactionHeader.controlNumber'],
        within: 'interchanges.groups',
        description: 'Control numbers of transaction sets are unique within their group.',
      },
      { kind: 'count', field: 'groupTrailer.transactionCount', counts: ['transactionHeader'] },
      { kind: 'equal', field: 'groupTrailer.controlNumber', to: 'groupHeader.controlNumber' },
      {
        kind: 'unique',
        fields: ['groupHeader.controlNumber'],
        within: 'interchanges',
        description: 'Control numbers of groups are unique within their interchange.',
      },
      { kind: 'count', field: 'interchangeTrailer.groupCount', counts: ['groupHeader'] },
      { kind: 'equal', field: 'interchangeTrailer.controlNumber', to: 'interchangeHeader.controlNumber' },
      {
        kind: 'unique',
        fields: ['interchangeHeader.controlNumber'],
        within: 'file',
        description: 'No interchange is in a file twice.',
      },
    ],
    constants: constantsOf(layout, delimiters),
  };
}

function constantsOf({ x12 }: Layout, { component, repetition }: Delimiters): Map<string, string> {
  const { version, functionalGroup, transactionSet } = x12!;
  return new Map([
    ['interchangeHeader.repetitionSeparator', repetition],
    ['interchangeHeader.version', version.slice(0, 5)],
    ['interchangeHeader.componentSeparator', component],
    ['groupHeader.functionalGroup', functionalGroup],
    ['groupHeader.agency', 'X'],
    ['groupHeader.version', version],
    ['transactionHeader.transactionSet', transactionSet],
  ]);
}

/** ISA is the one segment of fixed length: its elements are filled up with blanks. */
function interchangeHeader(version: string): RecordLayout {
  const fixed = (name: string, element: string, description: string, length: number): LayoutField => ({
    ...text(name, element, description, length, length),
    pad: ' ',
    required: false,
  });
  const party = (name: string, element: string, description: string): LayoutField => ({
    ...fixed(name, element, description, 15),
    required: true,
  });
  const qualifiers = {
    '01': 'Dun & Bradstreet number',
    '08': 'UCC communications id',
    '12': 'Telephone number',
    '14': 'Dun & Bradstreet number with suffix',
    '16': 'Dun & Bradstreet number with four characters',
    ZZ: 'Mutually defined',
  };
  return {
    description: 'Start of an interchange: who sends what to whom.',
    segment: 'ISA',
    fields: [
      code('authorizationQualifier', 'ISA01', 'Whether ISA02 says something.', {
        '00': 'No authorization',
        '03': 'Additional data',
      }),
      fixed('authorization', 'ISA02', 'Blank unless agreed otherwise.', 10),
      code('securityQualifier', 'ISA03', 'Whether ISA04 says something.', {
        '00': 'No security information',
        '01': 'Password',
      }),
      { ...fixed('security', 'ISA04', 'Blank unless agreed otherwise.', 10), classification: 'restricted' },
      code('senderQualifier', 'ISA05', 'What kind of id ISA06 is.', qualifiers),
      party('sender', 'ISA06', 'Interchange id of the sender.'),
      code('receiverQualifier', 'ISA07', 'What kind of id ISA08 is.', qualifiers),
      party('receiver', 'ISA08', 'Interchange id of the receiver.'),
      { ...base('date', 'ISA09', 'When it was made: the day.'), type: 'date', format: 'yyMMdd' },
      { ...base('time', 'ISA10', 'When it was made: the time, of the sender.'), type: 'time', format: 'HHmm' },
      text('repetitionSeparator', 'ISA11', 'Separates repetitions of an element.', 1, 1),
      code('version', 'ISA12', 'Version of the interchange’s control segments.', {
        [version.slice(0, 5)]: `Version ${version}`,
      }),
      { ...number('controlNumber', 'ISA13', 'Number of the interchange; counts up for each receiver.', 9, 9) },
      code('acknowledgement', 'ISA14', 'Whether the sender wants a TA1.', { '0': 'Not wanted', '1': 'Wanted' }),
      code('usage', 'ISA15', 'Whether it is meant.', { P: 'Production', T: 'Test', I: 'Information' }),
      text('componentSeparator', 'ISA16', 'Separates the components of an element.', 1, 1),
    ],
  };
}

function groupHeader(version: string, functionalGroup: string): RecordLayout {
  return {
    description: 'Start of a functional group: transaction sets of one kind.',
    segment: 'GS',
    fields: [
      code('functionalGroup', 'GS01', 'Which kind of transaction sets follow.', {
        [functionalGroup]: 'The group of this transaction set',
      }),
      text('sender', 'GS02', 'Application that sends, as agreed.', 2, 15),
      text('receiver', 'GS03', 'Application that receives, as agreed.', 2, 15),
      { ...base('date', 'GS04', 'When it was made: the day.'), type: 'date', format: 'yyyyMMdd' },
      { ...base('time', 'GS05', 'When it was made: the time, of the sender.'), type: 'time', format: 'HHmm' },
      number('controlNumber', 'GS06', 'Number of the group.', 1, 9),
      code('agency', 'GS07', 'Whose standard it is.', { X: 'Accredited Standards Committee X12' }),
      code('version', 'GS08', 'Version, release and industry identifier.', { [version]: `Version ${version}` }),
    ],
  };
}

function base(name: string, element: string, description: string) {
  return { name, element, description, required: true } as const;
}

function text(name: string, element: string, description: string, minLength: number, maxLength: number): LayoutField {
  return { ...base(name, element, description), type: 'text', minLength, maxLength };
}

/** Type N0, which is filled up with zeros where it is too short. */
function number(name: string, element: string, description: string, minLength: number, maxLength: number): LayoutField {
  return { ...base(name, element, description), type: 'integer', minLength, maxLength };
}

function code(
  name: string,
  element: string,
  description: string,
  codes: Readonly<Record<string, string>>,
): LayoutField {
  return { ...base(name, element, description), type: 'code', codes: { ...codes } };
}
