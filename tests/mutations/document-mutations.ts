/**
 * For each rule on a document: how to break it in the shipped contracts, everywhere in one document at once. A mutation
 * changes the document and returns where the rule has to say so: ids within the contract, `''` for the contract itself.
 */
import { isSensitive } from '../../rulesets/functions/sensitiveNames.js';
import {
  at,
  list,
  type Node,
  node,
  type Operation,
  objectSchemas,
  operations,
  steps,
  withoutParameter,
} from './document.ts';

export type Mutation = (document: Node) => string[];

const governance = (document: Node) => node(document['x-governance']);
const hasLayer = (document: Node, ...layers: string[]) => layers.includes(String(governance(document)['layer']));

/** A field of the metadata is gone. */
function drops(...path: string[]): Mutation {
  return document => {
    const holder = node(at(governance(document), ...path.slice(0, -1)));
    const last = path.at(-1)!;
    if (holder[last] === undefined) return [];
    delete holder[last];
    return [''];
  };
}

/** The same change in each operation of these methods; `change` says whether it could be made. */
function each(change: (operation: Operation, document: Node) => boolean, ...methods: string[]): Mutation {
  return document =>
    operations(document, ...methods)
      .filter(operation => change(operation, document))
      .map(({ id }) => id);
}

function dropsParameter(name: RegExp, ...methods: string[]): Mutation {
  return each(operation => withoutParameter(operation, name), ...methods);
}

function dropsResponse(status: string): Mutation {
  return each(({ operation }) => {
    const responses = node(operation['responses']);
    if (responses[status] === undefined) return false;
    delete responses[status];
    return true;
  });
}

function addsResponse(response: Node): Mutation {
  return each(({ operation }) => {
    node(operation['responses'])['418'] = response;
    return true;
  });
}

function addsParameter(parameter: Node): Mutation {
  return each(({ operation }) => {
    operation['parameters'] = [...list(operation['parameters']), parameter];
    return true;
  });
}

/** A property more in each schema of the document. */
function addsProperty(name: string, schema: Node): Mutation {
  return document =>
    objectSchemas(document).map(([place, owner]) => {
      node(owner['properties'])[name] = { ...schema };
      return `${place}/${name}`;
    });
}

function showsInAnswers(name: string): Mutation {
  return each(({ operation }) => {
    const answers = Object.entries(node(operation['responses'])).filter(([status]) => status.startsWith('2'));
    const media = answers.flatMap(([, response]) => Object.values(node(at(response, 'content'))));
    for (const one of media) {
      const added: Node = { type: 'object', properties: { [name]: { type: 'string' } } };
      node(one)['schema'] = { allOf: [node(one)['schema'], added] };
    }
    return media.length > 0;
  });
}

/** Each step of a workflow whose `kind` can be broken. */
function eachStep(change: (step: Node, workflow: Node) => boolean): Mutation {
  return document =>
    steps(document)
      .filter(({ step, workflow }) => change(step, workflow))
      .map(({ id }) => id);
}

const CREATES = /^(create|propose|submit)/;
const APPROVES = /^(approve|release|decide)/;

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'ownership-declared': drops('owner'),
  'retention-stated': drops('retention', 'why'),
  'residency-stated': drops('residency'),
  'recovery-stated': document => (hasLayer(document, 'mapping', 'canonical') ? [] : drops('runbook')(document)),
  'service-levels-stated': document => (hasLayer(document, 'file') ? [] : drops('slo', 'errorRate')(document)),
  'sync-pattern-stated': drops('sync'),
  'vendor-facts-stated': drops('vendor', 'release'),
  'vendor-limits-stated': drops('vendor', 'quota'),
  'version-in-path': document => {
    const servers = list(document['servers'])
      .map(node)
      .filter(({ url }) => /\/v\d+$/.test(String(url)));
    for (const server of servers) server['url'] = String(server['url']).replace(/\/v\d+$/, '');
    return servers.length > 0 ? [''] : [];
  },
  'version-stated': document => {
    const holder = at(document, 'info', 'version') === undefined ? document : node(document['info']);
    const key = ['version', 'x-version'].find(name => holder[name] !== undefined);
    if (key === undefined || document['countersign'] !== undefined) return [];
    holder[key] = '1.0';
    return [''];
  },
  'errors-are-problem-details': addsResponse({ description: 'A teapot.', content: { 'application/json': {} } }),
  'errors-coded': addsResponse({
    description: 'A teapot.',
    content: { 'application/problem+json': { schema: { type: 'object', required: ['type', 'title', 'retryable'] } } },
  }),
  'idempotency-key-required': dropsParameter(/Idempotency-?Key/, 'post'),
  'trace-context': dropsParameter(/^traceparent$|TraceParent$/),
  'updates-conditional': dropsParameter(/If-?Match$/, 'put', 'patch'),
  'collections-paged': dropsParameter(/^cursor$|\/Cursor$/, 'get'),
  'rate-limits-declared': dropsResponse('429'),
  'retry-after-declared': dropsResponse('503'),
  'scopes-per-operation': each(({ operation }) => {
    operation['security'] = [];
    return true;
  }),
  'compensation-declared': each(
    ({ operation }) => {
      delete operation['x-compensation'];
      return true;
    },
    'post',
    'put',
    'patch',
    'delete',
  ),
  'duties-separated': document => {
    const all = operations(document);
    const creation = all.find(({ id }) => CREATES.test(id));
    const approvals = all.filter(({ id }) => APPROVES.test(id));
    if (!creation) return [];
    for (const { operation } of approvals) operation['security'] = creation.operation['security'];
    return approvals.map(({ id }) => id);
  },
  'tokens-short-lived': document =>
    Object.entries(node(at(document, 'components', 'securitySchemes'))).flatMap(([name, scheme]) => {
      if (at(scheme, 'x-token-policy') === undefined) return [];
      node(scheme)['x-token-policy'] = { lifetimeMinutes: 1440 };
      return [`components/securitySchemes/${name}`];
    }),
  'partners-mutual-tls': document => {
    governance(document)['exposure'] = 'partner';
    const all = operations(document);
    for (const { operation } of all) operation['security'] = [{ oauth2: [] }];
    return all.map(({ id }) => id);
  },
  'deprecation-announced': document => {
    const lifecycle = node(governance(document)['lifecycle']);
    lifecycle['status'] = 'deprecated';
    const all = operations(document);
    for (const { operation } of all) delete operation['deprecated'];
    return all.map(({ id }) => id);
  },
  'brokers-secured': document =>
    Object.values(node(document['servers'])).map(server => {
      node(server)['protocol'] = 'kafka';
      return '';
    }),
  'cloudevents-envelope': document =>
    objectSchemas(document).flatMap(([, schema]) => {
      const required = list(schema['required']);
      if (!required.includes('specversion')) return [];
      schema['required'] = required.filter(name => name !== 'id');
      return [''];
    }),
  'messages-correlated': document =>
    Object.entries(node(at(document, 'components', 'messages'))).map(([name, message]) => {
      delete node(message)['correlationId'];
      return name;
    }),
  'delivery-declared': document =>
    Object.entries(node(document['channels'])).flatMap(([name, channel]) => {
      const delivery = node(at(channel, 'x-delivery'));
      if (delivery['deadLetter'] === undefined) return [];
      delete delivery['deadLetter'];
      return [`channels/${name}`];
    }),
  'schemas-bounded': document =>
    document['openapi'] === undefined ? addsProperty('remark', { type: 'string' })(document) : [],
  'sensitive-data-classified': addsProperty('remitToBankAcctNo', { type: 'string' }),
  'no-health-data': addsProperty('patientMRN', { type: 'string', 'x-classification': 'restricted' }),
  'examples-synthetic': addsProperty('remark', { type: 'string', maxLength: 80, examples: ['219-45-6781'] }),
  'example-addresses-reserved': addsProperty('remark', {
    type: 'string',
    examples: ['jane.doe@northwind-surgical.com'],
  }),
  'sensitive-data-not-in-url': addsParameter({ name: 'vendor_tax_id', in: 'query', schema: { type: 'string' } }),
  'sensitive-data-not-in-logs': addsParameter({ name: 'X-Remit-IBAN', in: 'header', schema: { type: 'string' } }),
  'sensitive-data-masked': showsInAnswers('bankAccountNumber'),
  'entities-audited': document => {
    const properties = node(document['properties']);
    if (properties['audit'] === undefined) return [];
    delete properties['audit'];
    return [''];
  },
  'steps-retried': eachStep((step, workflow) => {
    if (step['operationId'] === undefined || step['action'] !== undefined || step['x-no-retry'] !== undefined)
      return false;
    // What is referred to may be a retry, whatever it is called.
    const isRetry = (action: unknown) => /"type":"retry"|failureActions\.(?!giveUp)/.test(JSON.stringify(action));
    step['onFailure'] = list(step['onFailure']).filter(action => !isRetry(action));
    workflow['failureActions'] = [];
    return true;
  }),
  'steps-fail-safely': eachStep((step, workflow) => {
    delete step['onFailure'];
    workflow['failureActions'] = [];
    return true;
  }),
  'files-deduplicated': document => {
    document['controls'] = list(document['controls']).filter(control => at(control, 'kind') !== 'unique');
    return document['countersign'] === 'layout' ? [''] : [];
  },
  'file-fields-classified': document =>
    Object.entries(node(document['records'])).flatMap(([record, layout]) =>
      list(at(layout, 'fields')).flatMap(field => {
        const name = String(at(field, 'name'));
        if (!isSensitive(name) || at(field, 'classification') === undefined || at(field, 'type') === 'code') return [];
        delete node(field)['classification'];
        return [`${record}/${name}`];
      }),
    ),
  'mappings-tested': document => {
    if (document['countersign'] !== 'mapping') return [];
    document['tests'] = list(document['tests']).filter(test => at(test, 'direction') !== 'toCanonical');
    return [''];
  },
};
