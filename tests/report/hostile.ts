/** An estate whose every text tries to be markup. */
import type { Estate } from '../../src/model/index.ts';
import { estateOf } from '../estates.ts';

export const SCRIPT = `<script>alert(1)</script>`;
/** Ends an attribute, a cell, a code span, a table and a comment; starts markup of both kinds. */
export const EVIL = `${SCRIPT}"'><img src=x onerror=alert(1)> | \`x\` **b** [l](javascript:alert(1)) ![i](http://evil.example/i.png) <!-- --> </td></table> @here #1 \u202Egnp.exe`;

const text = (value: string) => JSON.stringify(value);

export const hostile = (): Estate =>
  estateOf({
    'api.yaml': `openapi: 3.1.0
info: {title: ${text(EVIL)}, version: ${text(`1.0.0"><script>`)}}
x-governance:
  id: api:evil@1
  owner: team:evil
  system: system:evil
  layer: system
  classification: internal
  lifecycle: {status: deprecated, deprecationDate: '2026-01-01', sunsetDate: '2027-01-01', successors: ['api:evil@2'], migrationGuide: ${text(`javascript:alert(1)//${EVIL}`)}}
  systemOfRecord: [{entity: ${text(EVIL)}, attributes: [${text(EVIL)}], system: system:evil}]
  provenance: [{statement: ${text(EVIL)}, status: modelled}]
paths:
  ${text(`/${EVIL}`)}:
    get: {operationId: ${text(EVIL)}, responses: {'200': {description: ok}}}
`,
    'schema.yaml': `$schema: https://json-schema.org/draft/2020-12/schema
title: ${text(`\`\`\`\n# ${EVIL}`)}
x-version: 1.0.0
x-governance: {id: 'schema:evil@1'}
type: object
properties: {a: {type: string}}
`,
    'mapping.yaml': `countersign: mapping
title: ${text(EVIL)}
version: 1.0.0
x-governance: {id: 'mapping:evil@1', owner: 'team:evil'}
canonical: {$ref: schema.yaml}
vendor: {$ref: ${text(`schema.yaml#/${EVIL}`)}}
toVendor: {a: a}
toCanonical: {a: a}
lost: [{direction: toVendor, field: ${text(EVIL)}, reason: ${text(EVIL)}}]
tests: [{name: t, direction: toVendor, input: {a: x}, output: {a: x}}]
`,
    'workflow.yaml': `arazzo: 1.0.1
info: {title: ${text(EVIL)}, version: 1.0.0}
x-governance: {id: 'workflow:evil@1'}
sourceDescriptions: [{name: evil, url: api.yaml, type: openapi}]
workflows:
  - workflowId: ${text(EVIL)}
    summary: ${text(EVIL)}
    steps: [{stepId: ${text(EVIL)}, description: ${text(EVIL)}, operationId: ${text(EVIL)}}, {stepId: b, operationId: ${text(`none ${EVIL}`)}}]
`,
    'team.yaml': `countersign: team
id: team:evil
name: ${text(EVIL)}
contact: ${text(`a"><script>@evil.example`)}
escalation: {contact: a@evil.example, withinMinutes: 5}
`,
    'system.yaml': `countersign: system
id: system:evil
name: ${text(EVIL)}
description: ${text(EVIL)}
owner: team:evil
hosting: cloud
recordsOf: [{entity: ${text(EVIL)}, attributes: ${text(EVIL)}}]
releases: {cadence: ${text(EVIL)}, current: ${text(EVIL)}}
`,
    'consumer.yaml': `countersign: consumer
id: consumer:evil
name: ${text(EVIL)}
description: ${text(EVIL)}
owner: team:evil
system: system:evil
uses: [{id: 'api:evil@1', purpose: ${text(EVIL)}}]
`,
    'waiver.yaml': `countersign: waiver
id: waiver:evil
rule: ${text(EVIL)}
subject: api:evil@1
fingerprint: '${'0'.repeat(32)}'
reason: ${text(EVIL)}
owner: team:evil
author: ${text(`a"><script>@evil.example`)}
approver: ${text(`b|\`<img>@evil.example`)}
granted: '2026-01-01'
expires: '2027-01-01'
`,
    'pact.json': JSON.stringify({
      consumer: { name: EVIL },
      provider: { name: `evil@1${EVIL}` },
      interactions: [{ description: EVIL, request: { method: 'GET', path: EVIL }, response: { status: 200 } }],
    }),
  });
