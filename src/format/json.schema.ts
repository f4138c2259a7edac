/**
 * The shape of `--format json`, and of the findings inside what other commands print. Objects are open: a later
 * version may add members, and a consumer's validator must not break on them.
 */
import { type Static, Type } from '@sinclair/typebox';
import { type Json, type JsonObject, KNOWN, SEVERITIES } from '../model/index.ts';
import { VERDICTS } from './report.ts';

const literals = <const T extends readonly string[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], description });
const count = (description: string) => Type.Integer({ minimum: 0, description });
const position = (description: string) => Type.Integer({ minimum: 1, description });

export const LocationSchema = Type.Object(
  {
    file: Type.String({ description: 'Path, relative to where the command ran.' }),
    line: position('Line of the start, from 1.'),
    column: position('Column of the start in UTF-16 code units, from 1.'),
    endLine: position('Line of the end, from 1.'),
    endColumn: position('Column just behind the end, from 1.'),
    pointer: Type.Optional(Type.String({ description: 'JSON Pointer (RFC 6901) of the value in its document.' })),
  },
  { description: 'A place in a source file.' },
);

export const FindingSchema = Type.Object(
  {
    rule: Type.String({ description: 'Id of the rule; `countersign explain RULE` says more.' }),
    severity: literals(SEVERITIES, 'How bad it is.'),
    subject: Type.String({ description: 'Id of what the finding is about.' }),
    message: Type.String({ description: 'For people. May change between versions; do not match on it.' }),
    location: LocationSchema,
    facts: Type.Unsafe<JsonObject>({ type: 'object', description: 'Structured particulars, by rule.' }),
    evidence: Type.Optional(
      Type.Object(
        {
          affected: Type.Optional(
            Type.Array(
              Type.Object({
                id: Type.String({ description: 'Who or what is hit.' }),
                known: literals(KNOWN, 'How it is known.'),
                location: LocationSchema,
              }),
            ),
          ),
          witness: Type.Optional(Type.Unsafe<Json>({ description: 'A payload that shows the fault; any JSON value.' })),
          related: Type.Optional(
            Type.Array(Type.Object({ message: Type.String(), location: LocationSchema }), {
              description: 'Where else to look.',
            }),
          ),
        },
        { description: 'What backs the finding.' },
      ),
    ),
    fingerprint: Type.String({
      description: 'Hash of rule, subject and facts: the same when the file is moved, reformatted or reordered.',
    }),
  },
  { description: 'One thing found in the estate.' },
);

export const WaivedFindingSchema = Type.Object({
  finding: FindingSchema,
  waiver: Type.Object({
    id: Type.String({ description: 'Id of the waiver.' }),
    reason: Type.String(),
    owner: Type.String({ description: 'The team that owns the exception.' }),
    approver: Type.String({ description: 'Who approved it; never its author.' }),
    expires: Type.String({ description: 'Last day on which it holds, YYYY-MM-DD.' }),
  }),
});

export const FindingsSchema = Type.Object(
  {
    tool: Type.Object({ name: Type.Literal('countersign'), version: Type.String() }),
    command: Type.String({ description: 'The command as it was typed.' }),
    verdict: literals(VERDICTS, '`inconclusive`: evidence is missing, which is no pass.'),
    failOn: literals(SEVERITIES, 'The run fails on findings of this severity and above.'),
    summary: Type.Object(
      {
        error: count('Errors.'),
        warn: count('Warnings.'),
        info: count('Notes.'),
        waived: count('Waived findings.'),
        tolerated: count('Findings that the baseline tolerates.'),
      },
      { description: 'How many findings there are; waived and tolerated ones are counted apart.' },
    ),
    looked: Type.Array(
      Type.Object({
        label: Type.String({ description: 'What was looked at.' }),
        value: Type.Number({ description: 'How many of it.' }),
        detail: Type.Optional(Type.String()),
      }),
      { description: 'What was really looked at to get the findings.' },
    ),
    findings: Type.Array(FindingSchema, { description: 'Errors first, then by file and position.' }),
    waived: Type.Array(WaivedFindingSchema),
    baseline: Type.Optional(
      Type.Object(
        {
          file: Type.String({ description: 'Path, relative to where the command ran.' }),
          tolerated: Type.Array(FindingSchema, { description: 'What it lists and what was found again.' }),
        },
        { description: 'The baseline, where one is in use.' },
      ),
    ),
  },
  { title: 'Findings', description: 'What `countersign … --format json` prints.' },
);
export type FindingsDocument = Static<typeof FindingsSchema>;
