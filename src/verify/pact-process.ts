/**
 * The Pact verifier in a process of its own. Its native library prints to stdout, which is data here, and a crash in it
 * would take the whole program along. What the verifier needs from us while it runs comes back over IPC.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Json } from '../model/json.ts';

export interface VerifierRun {
  /** A pact file on the disk. */
  readonly file: string;
  readonly provider: string;
  readonly baseUrl: string | undefined;
  /** Names of all provider states and descriptions of all messages of the pact. */
  readonly states: readonly string[];
  readonly messages: readonly string[];
}

export interface VerifierHandlers {
  state(run: number, name: string, parameters: Json, action: 'setup' | 'teardown'): Promise<void>;
  message(run: number, description: string): Promise<{ readonly payload: Json; readonly metadata: Json }>;
}

/** The verifier could not be run at all. */
export class VerifierError extends Error {
  override readonly name = 'VerifierError';
}

/** JavaScript, because Node 20 runs nothing else without a build; sent to `node -e`. */
const PROGRAM = `
// The package's proxy throws where nobody can catch it; the interaction then ends by its timeout.
process.on('uncaughtException', error => console.error(error.message));
let next = 0;
const waiting = new Map();
const ask = question => new Promise((resolve, reject) => {
  waiting.set(++next, { resolve, reject });
  process.send({ type: 'ask', id: next, ...question });
});
process.on('message', async ({ type, ...message }) => {
  if (type === 'answer') {
    const { resolve, reject } = waiting.get(message.id);
    return message.error === undefined ? resolve(message.value) : reject(new Error(message.error));
  }
  const { Verifier } = await import(message.module);
  for (const [run, { file, provider, baseUrl, states, messages }] of message.runs.entries()) {
    const on = (action, name) => parameters =>
      ask({ about: 'state', run, name, parameters: parameters ?? {}, action }).then(() => undefined);
    const stateHandlers = Object.fromEntries(
      states.map(name => [name, { setup: on('setup', name), teardown: on('teardown', name) }]),
    );
    const messageProviders = Object.fromEntries(
      messages.map(description => [
        description,
        () => ask({ about: 'message', run, description }).then(({ payload, metadata }) => ({ __pactMessageMetadata: metadata, message: payload })),
      ]),
    );
    const verifier = new Verifier({
      provider,
      ...(baseUrl === undefined ? {} : { providerBaseUrl: baseUrl }),
      pactUrls: [file],
      stateHandlers,
      messageProviders,
      providerStatesSetupTeardown: true,
      logLevel: 'error',
      timeout: message.timeout,
    });
    // A failed verification is a rejection whose message is the result.
    const text = await verifier.verifyProvider().catch(error => error.message);
    process.send({ type: 'result', run, text: String(text) });
  }
  process.disconnect();
});
`;

type FromProcess =
  | { type: 'result'; run: number; text: string }
  | {
      type: 'ask';
      id: number;
      about: 'state';
      run: number;
      name: string;
      parameters: Json;
      action: 'setup' | 'teardown';
    }
  | { type: 'ask'; id: number; about: 'message'; run: number; description: string };

/** What the verifier says about each run, as it said it. Throws a {@link VerifierError}. */
export function runVerifier(
  runs: readonly VerifierRun[],
  handlers: VerifierHandlers,
  timeoutMs: number,
): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // The package reports its use to its makers unless these have exactly these values.
    env: { ...process.env, PACT_DO_NOT_TRACK: 'true', SCARF_ANALYTICS: 'false' },
  });
  const results: string[] = [];
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4000);
  });
  child.on('message', (message: FromProcess) => {
    if (message.type === 'result') {
      results[message.run] = message.text;
      return;
    }
    const answer =
      message.about === 'state'
        ? handlers.state(message.run, message.name, message.parameters, message.action)
        : handlers.message(message.run, message.description);
    const reply = (content: object) => child.connected && child.send({ type: 'answer', id: message.id, ...content });
    answer.then(
      value => reply({ value: value ?? null }),
      error => reply({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
  const module = pathToFileURL(createRequire(import.meta.url).resolve('@pact-foundation/pact')).href;
  child.send({ type: 'run', module, runs, timeout: timeoutMs });
  return new Promise((resolve, reject) => {
    child.on('error', cause => reject(new VerifierError('the Pact verifier cannot be started', { cause })));
    child.on('close', (code, signal) => {
      if (runs.every((_, run) => results[run] !== undefined)) resolve(results);
      else reject(new VerifierError(`the Pact verifier ended early (${signal ?? `code ${code}`}): ${errors.trim()}`));
    });
  });
}
