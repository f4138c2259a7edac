/** Pacts against the contracts they name, without a provider running. */
import { closest } from 'fastest-levenshtein';
import { bundle } from '../load/bundle.ts';
import { contentOf } from '../load/closure.ts';
import { nodeKey, place } from '../load/cursor.ts';
import { fieldsOf } from '../load/fields.ts';
import {
  type HttpInteraction,
  type Interaction,
  interactionsOf,
  type MessageInteraction,
} from '../load/interactions.ts';
import { contentFor } from '../load/media-types.ts';
import { locate, namedFields, placeOf, type Target, targetFinder } from '../load/pacts.ts';
import { type Violation, validatorFor } from '../load/validator.ts';
import { noCache, type ResultCache, resultKey } from '../model/cache.ts';
import type { Contract, Cursor, Estate, PactFile } from '../model/estate.ts';
import { type Finding, finding, type Location } from '../model/finding.ts';
import { extend, parseId, segment } from '../model/id.ts';
import { get, isObject, type Json, type JsonObject, type Path } from '../model/json.ts';
import type { compareWithContract, Mismatch } from './comparator.ts';
import rule from './rules.ts';

type OperationTarget = Extract<Target, { kind: 'operation' }>;
type MessageTarget = Extract<Target, { kind: 'message' }>;

/** Everything that can be said about the estate's pacts. */
export async function checkPacts(estate: Estate, cache = noCache): Promise<Finding[]> {
  const find = targetFinder(estate);
  const compare = comparisonOf(estate, cache);
  const findings: Finding[] = [];
  for (const pact of estate.pacts) {
    const interactions = interactionsOf(pact).map(interaction => ({ interaction, target: find(interaction) }));
    findings.push(...partyFindings(estate, pact, interactions));
    findings.push(...deprecationFindings(interactions));
    for (const { interaction, target } of interactions) {
      if (target.kind === 'no-match') {
        findings.push(mismatch(interaction, target.contract.id, target.reason, {}, undefined));
      } else if (target.kind === 'operation' && interaction.kind === 'http') {
        const mismatches = await compare(interaction, target);
        findings.push(...mismatches.map(found => httpFinding(estate, interaction, target, found)));
      } else if (target.kind === 'message' && interaction.kind === 'message') {
        findings.push(...messageFindings(estate, interaction, target, cache));
      }
    }
  }
  return [...new Map(findings.map(found => [found.fingerprint, found])).values()];
}

interface Resolved {
  readonly interaction: Interaction;
  readonly target: Target;
}

function partyFindings(estate: Estate, pact: PactFile, interactions: readonly Resolved[]): Finding[] {
  const findings: Finding[] = [];
  const consumers = estate.consumers.map(({ id }) => id);
  const consumer = `consumer:${pact.consumer}`;
  if (!consumers.includes(consumer)) {
    findings.push(
      finding(rule.unknownConsumer, {
        subject: subjectOf(consumer, pact),
        message: `there is no ${consumer}${guess(consumer, consumers)}`,
        facts: { consumer: pact.consumer },
        location: pact.file.locate(['consumer', 'name']),
      }),
    );
  }
  const missing = interactions.filter(({ target }) => target.kind === 'no-contract');
  const ids = estate.contracts.map(({ id }) => id);
  for (const id of new Set(missing.map(({ interaction }) => interaction.contractId))) {
    findings.push(
      finding(rule.unknownProvider, {
        subject: subjectOf(id, pact),
        message: `there is no contract ${id}${guess(id, ids)}`,
        facts: { consumer: pact.consumer, provider: pact.provider },
        location: pact.file.locate(['provider', 'name']),
      }),
    );
  }
  return findings;
}

function subjectOf(id: string, pact: PactFile): string {
  return parseId(id) ? id : `source:${pact.file.path.replace(/[^A-Za-z0-9_./-]/g, '_')}`;
}

function guess(id: string, known: readonly string[]): string {
  return known.length > 0 ? `; did you mean ${closest(id, known)}?` : '';
}

function deprecationFindings(interactions: readonly Resolved[]): Finding[] {
  return interactions.flatMap(({ interaction, target }) => {
    if (target.kind !== 'operation' && target.kind !== 'message') return [];
    const { contract } = target;
    const lifecycle = contract.governance?.lifecycle;
    const isContract = lifecycle?.status === 'deprecated' || lifecycle?.status === 'retired';
    const part = target.kind === 'operation' ? target.operation : target.message;
    const isPart = get(part.cursor.value, 'deprecated') === true;
    if (!isContract && !isPart) return [];
    const dates = [
      lifecycle?.deprecationDate === undefined ? '' : ` since ${lifecycle.deprecationDate}`,
      lifecycle?.sunsetDate === undefined ? '' : ` and stops answering on ${lifecycle.sunsetDate}`,
    ].join('');
    const successors = lifecycle?.successors ?? [];
    return [
      finding(rule.usesDeprecated, {
        subject: part.id,
        message: `${interaction.pact.consumer} uses ${part.id}, which is deprecated${dates}${successors.length > 0 ? `; move to ${successors.join(' or ')}` : ''}`,
        facts: { consumer: interaction.pact.consumer },
        location: locate(interaction),
        evidence: {
          affected: [{ id: `consumer:${interaction.pact.consumer}`, known: 'derived', location: locate(interaction) }],
          related: [{ message: 'what is deprecated', location: place(part.cursor) }],
        },
      }),
    ];
  });
}

function mismatch(
  interaction: Interaction,
  subject: string,
  message: string,
  facts: JsonObject,
  at: { readonly place?: Cursor | undefined; readonly steps?: Cursor | undefined } | undefined,
): Finding {
  const { consumer, file } = interaction.pact;
  const location: Location = at?.steps ? file.locate(at.steps.path, 'key') : locate(interaction);
  return finding(rule.contractMismatch, {
    subject,
    message: `${consumer}, "${interaction.description}": ${message}`,
    facts: { consumer, interaction: interaction.description, ...facts },
    location,
    evidence: {
      affected: [{ id: `consumer:${consumer}`, known: 'derived', location: locate(interaction) }],
      ...(at?.place ? { related: [{ message: 'what the contract says', location: place(at.place) }] } : {}),
    },
  });
}

/** One comparator per contract, made when a pact first needs it: for an interaction whose outcome was not kept. */
function comparisonOf(
  estate: Estate,
  cache: ResultCache,
): (interaction: HttpInteraction, target: OperationTarget) => Promise<Mismatch[]> {
  const comparators = new Map<Contract, ReturnType<typeof compareWithContract>>();
  return async (interaction, { contract, path }) => {
    const said = [interaction.cursor.value, get(interaction.pact.document, 'metadata') ?? null, path];
    const key = resultKey('interaction', contentOf(estate, contract.file), ...said);
    const kept = cache.get(key);
    if (Array.isArray(kept)) return kept as unknown as Mismatch[];
    const compare = comparators.get(contract) ?? (await comparatorFor(estate, contract));
    comparators.set(contract, compare);
    const mismatches = await compare(interaction, path);
    cache.set(key, mismatches as unknown as Json);
    return mismatches;
  };
}

/** The package is imported when something must be compared. */
async function comparatorFor(estate: Estate, contract: Contract): Promise<ReturnType<typeof compareWithContract>> {
  const comparator = await import('./comparator.ts');
  return comparator.compareWithContract(bundle(estate, contract).document);
}

function httpFinding(estate: Estate, interaction: HttpInteraction, target: OperationTarget, found: Mismatch): Finding {
  const { subject, contractPlace, pactPlace } = placesOf(estate, interaction, target, found);
  const facts = { code: found.code, detail: found.detail };
  return mismatch(interaction, subject, found.message, facts, { place: contractPlace, steps: pactPlace });
}

/** From the side of the exchange and the path inside its body or headers to both ends of a mismatch. */
function placesOf(
  estate: Estate,
  interaction: HttpInteraction,
  target: OperationTarget,
  { side, part, steps }: Mismatch,
) {
  const { operation, response } = target;
  const inside = side === 'request' ? ['request'] : response ? ['response', segment(response.status)] : [];
  const whole = { subject: extend(operation.id, ...inside), contractPlace: operation.cursor, pactPlace: undefined };
  if (part !== 'body') return whole;
  const body = side === 'request' ? interaction.request.body : interaction.response.body;
  const contents = side === 'request' ? operation.requestBody?.content : response?.content;
  const schema = contentFor(contents ?? [], body?.contentType)?.schema;
  if (!body || !schema) return whole;
  const table = fieldsOf(estate, schema);
  const { path } = placeOf(steps, table);
  return {
    subject: extend(operation.id, ...inside, 'body', ...path),
    contractPlace: nearest(table.fields, path),
    pactPlace: body.encoded ? undefined : inBody(body.cursor, steps),
  };
}

function nearest(
  fields: ReadonlyMap<string, { readonly cursor: Cursor }>,
  path: readonly string[],
): Cursor | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const field = fields.get(path.slice(0, length).join('/'));
    if (field) return field.cursor;
  }
  return undefined;
}

function inBody(body: Cursor, steps: Path): Cursor {
  return { ...body, path: [...body.path, ...steps] };
}

/**
 * A message pact holds the part of the message that the consumer reads: what is there must fit, what is not there is
 * not missing.
 */
function messageFindings(
  estate: Estate,
  interaction: MessageInteraction,
  { message, contract }: MessageTarget,
  cache: ResultCache,
): Finding[] {
  const { payload } = interaction;
  const schema = message.payload;
  if (!payload || !schema) return [];
  const table = fieldsOf(estate, schema);
  const report = (steps: Path | undefined, path: readonly string[], text: string, code: string) =>
    mismatch(
      interaction,
      extend(message.id, 'payload', ...path),
      text,
      { code },
      {
        place: nearest(table.fields, path),
        steps: steps && !payload.encoded ? inBody(payload.cursor, steps) : undefined,
      },
    );

  const unknown = namedFields(payload, table).filter(({ known }) => !known);
  const findings = unknown.map(({ path, steps }) =>
    report(steps, path, `the message has no field ${path.join('/')}`, 'message.field.unknown'),
  );
  const reported = new Set(unknown.map(({ path }) => path.join('/')));
  for (const { path, keyword, message: text, property } of violationsOf(
    estate,
    contract,
    schema,
    payload.value,
    cache,
  )) {
    if (keyword === 'required' || keyword === 'minProperties' || keyword === 'dependentRequired') continue;
    const steps = [...stepsIn(payload.value, path), ...(property === undefined ? [] : [property])];
    const field = placeOf(steps, table).path;
    const isReported = [...reported].some(
      known => known === field.join('/') || known.startsWith(`${field.join('/')}/`),
    );
    if (!isReported) findings.push(report(steps, field, text, `message.${keyword}`));
  }
  return findings;
}

function violationsOf(
  estate: Estate,
  contract: Contract,
  schema: Cursor,
  value: Json,
  cache: ResultCache,
): readonly Violation[] {
  const key = resultKey('payload', contentOf(estate, contract.file), nodeKey(schema), value);
  const kept = cache.get(key);
  if (Array.isArray(kept)) return kept as unknown as Violation[];
  const violations = validatorFor(estate, contract.dialect).check(schema, value);
  // Whether a pattern is too slow is a matter of the machine.
  if (violations.every(({ isUnusable }) => isUnusable === undefined)) cache.set(key, violations as unknown as Json);
  return violations;
}

/** JSON Pointer segments as steps: those into an array become numbers. */
function stepsIn(value: Json, path: readonly string[]): Path {
  let current: Json | undefined = value;
  return path.map(step => {
    const isIndex = Array.isArray(current);
    current = isObject(current) || Array.isArray(current) ? get(current, step) : undefined;
    return isIndex ? Number(step) : step;
  });
}
