import type { Rule } from '../model/finding.ts';

/** Rules about reading documents: whether they can be parsed, recognised, resolved and are what they claim to be. */
const all = {
  unreadable: {
    id: 'load/unreadable-file',
    severity: 'error',
    title: 'A file could not be read',
    why: 'What was not read was not checked.',
    fix: 'Make the file a regular file inside the estate, below the size limit.',
  },
  syntax: {
    id: 'load/syntax',
    severity: 'error',
    title: 'The file is not well-formed YAML or JSON',
    why: 'A contract that cannot be parsed governs nothing, and every check on it is skipped.',
    fix: 'Correct the text at the position shown. YAML: look at indentation, quotes and duplicate keys.',
  },
  unrecognised: {
    id: 'load/unrecognised-document',
    severity: 'warn',
    title: 'The document is no contract, and nothing refers to it',
    why: 'A contract whose header was damaged looks just like this, and would silently leave the gate.',
    fix: 'Give it the header of its kind (openapi, asyncapi, arazzo, $schema, countersign), refer to it, or move it out of the estate.',
  },
  duplicateId: {
    id: 'load/duplicate-id',
    severity: 'error',
    title: 'Two documents claim the same id',
    why: 'Ids name things in waivers, pacts and the catalog; with two bearers every answer about them is a guess.',
    fix: 'Give one of them another name or major version.',
  },
  governanceShape: {
    id: 'load/metadata-invalid',
    severity: 'error',
    title: 'The metadata does not have the published shape',
    why: 'A misspelt key is a policy that is silently not applied.',
    fix: 'Compare with the schema under docs/reference/schemas; unknown keys are errors.',
  },
  idMismatch: {
    id: 'load/id-mismatch',
    severity: 'error',
    title: 'The id does not fit the document',
    why: 'The id carries kind and major version; consumers pin to it.',
    fix: 'Make the kind in the id fit the document, and its version equal to the major of the stated version.',
  },
  unresolvedRef: {
    id: 'load/unresolved-ref',
    severity: 'error',
    title: 'A $ref leads nowhere',
    why: 'The part of the contract behind it is unknown, so nothing about it can be checked.',
    fix: 'Correct the path or the pointer, or add what it refers to.',
  },
  remoteRef: {
    id: 'load/remote-ref',
    severity: 'error',
    title: 'A $ref leads out of the estate',
    why: 'Nothing is fetched and nothing outside the estate is read: the answer would depend on who runs it, and when.',
    fix: 'Copy the document into the estate and refer to it by a relative path.',
  },
  openapiInvalid: {
    id: 'load/openapi-invalid',
    severity: 'error',
    title: 'The document violates the OpenAPI specification',
    why: 'Generators, mocks and gateways read it by the specification.',
    fix: 'Correct the value at the position shown.',
  },
  asyncapiInvalid: {
    id: 'load/asyncapi-invalid',
    severity: 'error',
    title: 'The document violates the AsyncAPI specification',
    why: 'Generators and brokers read it by the specification.',
    fix: 'Correct the value at the position shown.',
  },
  schemaInvalid: {
    id: 'load/schema-invalid',
    severity: 'error',
    title: 'The document violates JSON Schema',
    why: 'A validator refuses the schema, or ignores the part that is wrong.',
    fix: 'Correct the keyword at the position shown.',
  },
  validationTimeout: {
    id: 'load/validation-timeout',
    severity: 'error',
    title: 'Validating a document did not end in time',
    why: 'What was not validated may be wrong in any way.',
    fix: 'Look for a pattern that backtracks without end, or for references that multiply each other.',
  },
} as const satisfies Record<string, Rule>;

export const rules: readonly Rule[] = Object.values(all);
export default all;
