/** A provider that runs, or a mock of it, against the pacts of its consumers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Interaction, interactionsOf } from '../load/interactions.ts';
import { isJson } from '../load/media-types.ts';
import type { Message } from '../load/messages.ts';
import { locate, type Target, targetFinder } from '../load/pacts.ts';
import type { Estate, PactFile } from '../model/estate.ts';
import { type Finding, finding } from '../model/finding.ts';
import { asString, get, getIn, isObject, items, type Json, type JsonObject } from '../model/json.ts';
import { runVerifier, VerifierError } from './pact-process.ts';
import rule from './rules.ts';

export interface ProviderState {
  readonly name: string;
  readonly parameters: Json;
}

// A handler that has nothing to say may return nothing.
// biome-ignore lint/suspicious/noConfusingVoidType: it is the type of such a handler.
type StatesAnswer = readonly string[] | undefined | void;

export interface ProducedMessage {
  readonly payload: Json;
  /** Compared with the metadata of the pact. */
  readonly metadata: JsonObject;
}

export interface VerifyOptions {
  readonly pacts: readonly PactFile[];
  /**
   * Address of the contract's server, with its path: paths of interactions are relative to it. Undefined leaves the
   * HTTP interactions of a pact out.
   */
  readonly baseUrl?: (pact: PactFile) => string | undefined;
  /**
   * Called with all states that must hold from now on; with none after each interaction. May answer with the names of
   * those that the provider does not know.
   */
  readonly onStates?: (states: readonly ProviderState[], pact: PactFile) => StatesAnswer | Promise<StatesAnswer>;
  /** What the provider sends, for a message of a contract. Without it the messages of a pact are left out. */
  readonly produce?: (message: Message, interaction: Interaction) => ProducedMessage | Promise<ProducedMessage>;
  /** For one request; 10 s. */
  readonly timeoutMs?: number;
}

export interface InteractionOutcome {
  /** Path of the pact file. */
  readonly pact: string;
  readonly consumer: string;
  readonly provider: string;
  readonly interaction: string;
  /** Id of the operation or message, where the contract has it. */
  readonly target: string | undefined;
  readonly success: boolean;
  readonly mismatches: readonly string[];
}

export interface ProviderVerification {
  /** One for each interaction that was run, in the order of the pacts. */
  readonly outcomes: readonly InteractionOutcome[];
  readonly findings: readonly Finding[];
}

interface Case {
  readonly interaction: Interaction;
  readonly target: Target;
}

/** Throws a VerifierError where nothing could be verified; a provider that fails or does not answer is a finding. */
export async function verifyProvider(estate: Estate, options: VerifyOptions): Promise<ProviderVerification> {
  const find = targetFinder(estate);
  const asked = options.pacts.flatMap(pact => {
    const baseUrl = options.baseUrl?.(pact);
    const cases = interactionsOf(pact).map(interaction => ({ interaction, target: find(interaction) }));
    const wanted = cases.filter(({ interaction, target }) =>
      interaction.kind === 'http' ? baseUrl !== undefined : options.produce !== undefined && target.kind === 'message',
    );
    return wanted.length > 0 ? [{ pact, baseUrl, cases: wanted }] : [];
  });
  // The verifier's proxy crashes on a provider that is not there.
  const gone = await Promise.all(
    asked.map(({ baseUrl }) => (baseUrl === undefined ? undefined : unreachable(baseUrl))),
  );
  const runs = asked.filter((_, index) => gone[index] === undefined);
  const failed = asked.flatMap(({ cases }, index) => {
    const reason = gone[index];
    return reason === undefined ? [] : cases.map(one => judged(one, [reason]));
  });
  const unknown = new Map<string, { pact: PactFile; name: string }>();
  const onStates: VerifyOptions['onStates'] = async (states, pact) => {
    const missing = await options.onStates?.(states, pact);
    for (const name of missing || []) unknown.set(`${pact.file.path} ${name}`, { pact, name });
    return missing;
  };
  const outcomes = [...failed, ...(runs.length > 0 ? await run(runs, { ...options, onStates }) : [])];
  return {
    outcomes: outcomes.map(({ outcome }) => outcome),
    findings: [...outcomes.flatMap(findingOf), ...[...unknown.values()].flatMap(unknownStates)],
  };
}

interface Run {
  readonly pact: PactFile;
  readonly baseUrl: string | undefined;
  readonly cases: readonly Case[];
}

/** Why nothing listens at an address; undefined where something does. */
function unreachable(baseUrl: string): Promise<string | undefined> {
  return new Promise(resolve => {
    const { hostname, port, protocol } = new URL(baseUrl);
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port) || (protocol === 'https:' ? 443 : 80), timeout: 5000 });
    const end = (reason: string | undefined) => {
      socket.destroy();
      resolve(reason);
    };
    socket.on('connect', () => end(undefined));
    socket.on('timeout', () => end(`nothing answers at ${baseUrl}`));
    socket.on('error', error => end(`nothing answers at ${baseUrl}: ${error.message}`));
  });
}

async function run(runs: readonly Run[], options: VerifyOptions): Promise<JudgedOutcome[]> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-pacts-'));
  try {
    const prepared = await Promise.all(
      runs.map(async ({ pact, baseUrl, cases }, index) => {
        const file = join(directory, `${index}.json`);
        await writeFile(file, JSON.stringify(narrowed(pact, cases)));
        const states = new Set(cases.flatMap(({ interaction }) => interaction.states.map(({ name }) => name)));
        const messages = cases.filter(({ interaction }) => interaction.kind === 'message');
        const descriptions = new Set(messages.map(({ interaction }) => interaction.description));
        return { file, provider: pact.provider, baseUrl, states: [...states], messages: [...descriptions] };
      }),
    );
    let holding: ProviderState[] = [];
    const broken = new Map<string, string>();
    const texts = await runVerifier(
      prepared,
      {
        async state(index, name, parameters, action) {
          holding = holding.filter(state => state.name !== name);
          if (action === 'setup') holding.push({ name, parameters });
          try {
            await options.onStates?.(holding, runs[index]!.pact);
          } catch (error) {
            // The verifier would go on as if the state held.
            const reason = error instanceof Error ? error.message : String(error);
            broken.set(`${index} ${name}`, `the state "${name}" cannot be set up: ${reason}`);
          }
        },
        async message(run, description) {
          const found = runs[run]!.cases.find(({ interaction }) => interaction.description === description);
          if (found?.target.kind !== 'message' || !options.produce) throw new Error(`no message "${description}"`);
          return transported(await options.produce(found.target.message, found.interaction), found.interaction);
        },
      },
      options.timeoutMs ?? 10_000,
    );
    return runs.flatMap(({ cases }, index) =>
      outcomesOf(cases, texts[index]!).map(found => {
        const reasons = found.interaction.states.flatMap(({ name }) => broken.get(`${index} ${name}`) ?? []);
        return reasons.length > 0 ? judged(found, [...reasons, ...found.outcome.mismatches]) : found;
      }),
    );
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * The verifier takes the type of the payload from `content-type`, and pact-js writes every JSON message as
 * application/json: any other JSON type would differ from that in name only.
 */
function transported({ payload, metadata }: ProducedMessage, interaction: Interaction): ProducedMessage {
  const expected = interaction.kind === 'message' ? interaction.payload?.contentType : undefined;
  const produced = asString(metadata['contentType']);
  if (expected === undefined || produced === undefined || !isJson(expected) || !isJson(produced))
    return { payload, metadata };
  const isStated = interaction.kind === 'message' && interaction.metadata.has('contentType');
  const contentType = isStated ? produced : expected;
  return { payload, metadata: { ...metadata, contentType, 'content-type': expected } };
}

/** The pact with only these interactions, their paths relative to the server of the contract. */
function narrowed(pact: PactFile, cases: readonly Case[]): JsonObject {
  const { messages: _, ...document } = pact.document;
  const listOf = (key: string) => cases.filter(({ interaction }) => interaction.cursor.path[0] === key).map(relative);
  const list = listOf('messages');
  return { ...document, interactions: listOf('interactions'), ...(list.length > 0 ? { messages: list } : {}) };
}

function relative({ interaction, target }: Case): Json {
  const { value } = interaction.cursor;
  const request = get(value, 'request');
  if (target.kind !== 'operation' || !isObject(value) || !isObject(request)) return value;
  return { ...value, request: { ...request, path: target.path } };
}

interface JudgedOutcome extends Case {
  readonly outcome: InteractionOutcome;
}

/** The verifier's JSON: `interactionResults` in the order of the pact, `errors` for those that failed. */
function outcomesOf(cases: readonly Case[], text: string): JudgedOutcome[] {
  const result = parse(text);
  const results = items(get(result, 'interactionResults'));
  if (results.length !== cases.length)
    throw new VerifierError(`the Pact verifier gave no result: ${text.slice(0, 500)}`);
  const errors = [...items(get(result, 'errors')), ...items(get(result, 'pendingErrors'))];
  return cases.map((one, index) => {
    if (get(results[index], 'result') === 'OK') return judged(one, []);
    const position = errors.findIndex(error => isAbout(error, one.interaction));
    const [error] = position < 0 ? [] : errors.splice(position, 1);
    return judged(one, mismatchesOf(error));
  });
}

function judged({ interaction, target }: Case, mismatches: readonly string[]): JudgedOutcome {
  const { pact, description } = interaction;
  const part = target.kind === 'operation' ? target.operation : target.kind === 'message' ? target.message : undefined;
  return {
    interaction,
    target,
    outcome: {
      pact: pact.file.path,
      consumer: pact.consumer,
      provider: pact.provider,
      interaction: description,
      target: part?.id,
      success: mismatches.length === 0,
      mismatches,
    },
  };
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new VerifierError(text);
  }
}

/** `Verifying a pact between C and P Given S - D`. */
function isAbout(error: Json, interaction: Interaction): boolean {
  return asString(get(error, 'interaction'))?.endsWith(` - ${interaction.description}`) ?? false;
}

function mismatchesOf(error: Json | undefined): string[] {
  const listed = items(getIn(error, ['mismatch', 'mismatches'])).map(mismatch => {
    const text = asString(get(mismatch, 'mismatch')) ?? JSON.stringify(mismatch);
    const path = asString(get(mismatch, 'path'));
    return path === undefined || path === '' ? text : `${path}: ${text}`;
  });
  if (listed.length > 0) return listed;
  return [asString(getIn(error, ['mismatch', 'message'])) ?? 'the verifier gave no reason'];
}

function findingOf({ interaction, target, outcome }: JudgedOutcome): Finding[] {
  if (outcome.success) return [];
  const { consumer } = interaction.pact;
  const place =
    target.kind === 'operation'
      ? target.operation.cursor
      : target.kind === 'message'
        ? target.message.cursor
        : undefined;
  return [
    finding(rule.interactionFailed, {
      subject: outcome.target ?? interaction.contractId,
      message: `${consumer}, "${interaction.description}": ${outcome.mismatches.join('; ')}`,
      facts: { consumer, interaction: interaction.description },
      location: locate(interaction),
      // A pending interaction is one that no provider has met yet (Pact specification 4).
      ...(get(interaction.cursor.value, 'pending') === true ? { severity: 'warn' as const } : {}),
      evidence: {
        affected: [{ id: `consumer:${consumer}`, known: 'derived', location: locate(interaction) }],
        ...(place
          ? { related: [{ message: 'what the contract says', location: place.file.locate(place.path, 'key') }] }
          : {}),
      },
    }),
  ];
}

/** Where each HTTP interaction needs the state; what messages need is the producer's own affair. */
function unknownStates({ pact, name }: { pact: PactFile; name: string }): Finding[] {
  const needing = interactionsOf(pact).filter(
    ({ kind, states }) => kind === 'http' && states.some(state => state.name === name),
  );
  return needing.map(interaction =>
    finding(rule.unknownState, {
      subject: interaction.contractId,
      message: `${pact.consumer}, "${interaction.description}": the provider does not know the state "${name}"`,
      facts: { consumer: pact.consumer, interaction: interaction.description, state: name },
      location: locate(interaction),
    }),
  );
}

/** The first example of the contract, with what its messages carry beside the payload. */
export function exampleOf(message: Message): ProducedMessage {
  const payload = message.examples[0]?.value;
  if (payload === undefined) throw new Error(`${message.id} has no example`);
  const contentType = get(message.cursor.value, 'contentType') ?? get(message.cursor.file.value, 'defaultContentType');
  return { payload, metadata: { message: message.name, ...(contentType === undefined ? {} : { contentType }) } };
}
