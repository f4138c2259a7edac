/** What a mock offers and how each part of it is known: printed before a mock is served, and in the catalog. */
import type { MockPlan } from './plan.ts';

export interface DescribedBehaviour {
  readonly id: string;
  readonly statement: string;
  readonly status: 'verified' | 'modelled';
  readonly source: string | undefined;
}

export interface MockDescription {
  readonly target: string;
  readonly title: string;
  readonly operations: readonly {
    readonly id: string;
    readonly method: string;
    /** With the path of the server. */
    readonly paths: readonly string[];
    readonly deprecated: boolean;
    readonly statuses: readonly string[];
    readonly examples: readonly string[];
  }[];
  readonly behaviours: readonly DescribedBehaviour[];
  readonly states: readonly string[];
}

/** What every mock does, whatever it mocks. */
const GENERAL: readonly DescribedBehaviour[] = [
  {
    id: 'any-credential',
    statement: 'Operations with security answer 401 without credentials; any token or password is accepted.',
    status: 'modelled',
    source: 'Countersign',
  },
  {
    id: 'validation',
    statement: 'Requests are validated against the contract: 400, 415 and, where the contract declares it, 422.',
    status: 'verified',
    source: 'the contract',
  },
  {
    id: 'examples',
    statement: 'Answers are examples of the contract: the one whose key fits the path, else the 404 example.',
    status: 'modelled',
    source: 'the contract',
  },
  {
    id: 'if-match',
    statement: 'If-Match is compared with the ETag of the contract: 412 when stale, 428 when missing.',
    status: 'verified',
    source: 'RFC 9110 §13.1.1, RFC 6585 §3',
  },
  {
    id: 'prefer',
    statement: 'Prefer: code=404 and Prefer: example=name choose the answer, without validation.',
    status: 'modelled',
    source: 'RFC 7240; preferences as in Prism',
  },
  {
    id: 'stateless',
    statement: 'Writes change nothing: a later read answers as before.',
    status: 'modelled',
    source: 'Countersign',
  },
];

export function describeMock(plan: MockPlan): MockDescription {
  const stated = plan.behaviours.map(({ id, statement, status, source }) => ({ id, statement, status, source }));
  const own = new Set(stated.map(({ id }) => id));
  return {
    target: plan.target,
    title: plan.title,
    operations: plan.operations.map(operation => ({
      id: operation.id,
      method: operation.method,
      paths: plan.routes.filter(({ value }) => value === operation).map(({ template }) => template),
      deprecated: operation.deprecated,
      statuses: operation.responses.map(({ status }) => status),
      examples: operation.examples.map(({ name }) => name),
    })),
    behaviours: [...stated, ...GENERAL.filter(({ id }) => !own.has(id))],
    states: [...plan.states.keys()],
  };
}
