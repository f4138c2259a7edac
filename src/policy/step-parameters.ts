import { bindingsBySource } from '../graph/index.ts';
import { deref, down, elements, type Operation, operationsOf, rootOf, subjectAt } from '../load/index.ts';
import { asString, type Contract, type Cursor, type Estate, get } from '../model/index.ts';
import { definePolicy, type Fault } from './policy.ts';

export default definePolicy({
  rule: {
    id: 'policy/step-parameters',
    severity: 'error',
    title: 'A workflow step does not send what the operation requires',
    policies: ['D6.6', 'D6.20'],
    why: 'Without its Idempotency-Key a repeated step posts twice, without If-Match it overwrites, and without the rest it is refused, in production, on the first day.',
    fix: 'Add the parameter or the body to the step, with a value that stays the same when the step is repeated.',
  },
  *check({ estate }) {
    const operations = new Map(
      estate.contracts.flatMap(contract =>
        operationsOf(estate, contract).map(operation => [operation.id, operation] as const),
      ),
    );
    for (const workflow of estate.contracts.filter(({ dialect }) => dialect.name === 'arazzo')) {
      const bindingOf = bindingsBySource(estate, workflow);
      for (const each of elements(down(rootOf(workflow.file), 'workflows'))) {
        const shared = sentBy(estate, workflow, each);
        for (const step of elements(down(each, 'steps'))) {
          const operation = operations.get(bindingOf(step.value)?.targets[0] ?? '');
          if (!operation) continue;
          const sent = new Set([...shared, ...sentBy(estate, workflow, step)]);
          for (const missing of requiredBy(operation, sent, step)) yield faultOf(workflow, step, operation, missing);
        }
      }
    }
  },
});

function faultOf(workflow: Contract, step: Cursor, operation: Operation, missing: string): Fault {
  return {
    subject: subjectAt(workflow, step.path).id,
    message: `calls ${operation.id} without ${missing}`,
    facts: { missing },
    location: step.file.locate([...step.path, 'operationId']),
  };
}

/** `header Idempotency-Key`: names of headers do not depend on case. */
function keyOf(place: string, name: string): string {
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`;
}

/** Parameters of a step or workflow, reusable ones followed. */
function sentBy(estate: Estate, workflow: Contract, holder: Cursor): string[] {
  return elements(down(holder, 'parameters')).map(item => {
    const [, kind, name] = /^\$components\.(\w+)\.(.+)$/.exec(asString(get(item.value, 'reference')) ?? '') ?? [];
    const parameter = kind && name ? deref(estate.files, down(rootOf(workflow.file), 'components', kind, name)) : item;
    const value = parameter?.value ?? null;
    return keyOf(asString(get(value, 'in')) ?? '', asString(get(value, 'name')) ?? '');
  });
}

function requiredBy(operation: Operation, sent: ReadonlySet<string>, step: Cursor): string[] {
  const parameters = operation.parameters.filter(
    ({ required, in: place, name }) =>
      required && !sent.has(keyOf(place, name)) && !SENT_BY_CLIENTS.has(name.toLowerCase()),
  );
  const lacksBody = operation.requestBody?.required === true && get(step.value, 'requestBody') === undefined;
  return [
    ...parameters.map(({ name, in: place }) => `the ${place} parameter ${name}`),
    ...(lacksBody ? ['a body'] : []),
  ];
}

/** What the client of every step sends without being told. */
const SENT_BY_CLIENTS = new Set(['authorization', 'accept', 'content-type']);
