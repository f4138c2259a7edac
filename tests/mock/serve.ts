import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import { type MockPlan, planMock, type RunningMock, readMocks, serveMock } from '../../src/mock/index.ts';
import type { Estate } from '../../src/model/index.ts';

export interface Served {
  readonly estate: Estate;
  readonly plan: MockPlan;
  readonly mock: RunningMock;
  /** Relative to the contract's server. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape.
  readonly body: any;
}

/** A mock of the shipped estate, or of one contract written in a test. */
export async function serve(target: string, authorization?: string, document?: object): Promise<Served> {
  const estate = document
    ? load({ label: 'test', files: new Map([['api.json', JSON.stringify(document)]]), skipped: [] })
    : load(await snapshotOfDirectory('contracts'));
  const plan = planMock(estate, target, document ? undefined : readMocks(await snapshotOfDirectory('mocks')));
  if ('error' in plan) throw new Error(plan.error);
  const mock = await serveMock(plan, { port: 0 });
  const base = mock.urlOf(plan.contracts[0]!.id);
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { ...(authorization === undefined ? {} : { authorization }), ...(init.headers as object) };
    const response = await fetch(base + path, { ...init, headers: headers as Record<string, string> });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  };
  return { estate, plan, mock, ask };
}
