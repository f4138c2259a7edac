/**
 * What two versions of a place disagree on, by what their schemas mean: each difference comes with a payload that one
 * version accepts and the other does not, checked by validators that know nothing of the algebra that found it.
 */
import { boundedCall } from '../load/bounded-call.ts';
import { ajvRegExp, boundedRegExp } from '../load/bounded-regexp.ts';
import { type Contract, type Cursor, type Estate, type Json, type Path, parsePointer } from '../model/index.ts';
import {
  type Comparison,
  comparison,
  createVerifier,
  type Disagreement,
  isSameSchema,
  type Options,
  type SchemaDocument,
  type Side,
  validator,
} from '../schema/index.ts';
import { excerpt, type FormatChange, formatChanges } from './formats.ts';
import { keywordAt, schemaAt } from './reading/address.ts';
import { createReader, dropsOf, type Reader, type View } from './reading/reading.ts';
import type { Place, PlacePair, Surface } from './surface.ts';

export interface Difference {
  readonly place: PlacePair;
  /** The part of the payload that is at fault. */
  readonly instance: Path;
  /** The keyword that rejects that part. */
  readonly keyword: string;
  /** The schema that the keyword stands in: of the later version for a request, of the earlier one for a response. */
  readonly rejecting: Cursor;
  /** The schemas of the other version that describe that part. */
  readonly accepting: readonly Cursor[];
  /** The whole payload; where only formats differ, the part alone, in its place. */
  readonly witness: Json;
}

export interface Undecided {
  readonly place: PlacePair;
  readonly reason: string;
}

export interface Differences {
  readonly found: readonly Difference[];
  readonly undecided: readonly Undecided[];
}

export interface Sides {
  readonly base: Estate;
  readonly head: Estate;
}

/** Compares schemas of two estates, and remembers what it found out. */
export function createDifferences(estates: Sides): (pair: Pair) => Promise<Differences> {
  const base = createReader(estates.base, OPTIONS);
  const head = createReader(estates.head, OPTIONS, base);
  const verifier = createVerifier({ regExp: ajvRegExp, call: run => boundedCall(run, LONGEST_MS) });
  return async pair => {
    const found: Difference[] = [];
    const undecided: Undecided[] = [];
    const ask = remembering();
    for (const [key, before] of pair.base.places) {
      const after = pair.head.places.get(key);
      if (!after) continue;
      const place = { base: before, head: after };
      const isRequest = before.direction === 'request';
      const [earlier, later] = [
        { reader: base, contract: pair.base.contract, place: before },
        { reader: head, contract: pair.head.contract, place: after },
      ];
      // Who sends what the other must be able to take.
      const [sender, taker] = isRequest ? [earlier, later] : [later, earlier];
      const { disagreements, a, b } = disagreementsOf(sender, taker, ask);
      for (const one of disagreements) {
        if (one.verdict === 'unproven') {
          undecided.push({ place, reason: one.reason });
          continue;
        }
        const checked = await verifier.verifyWitness(a, b, one.witness);
        if (checked.verified) found.push(differenceOf(one, place, sender, taker));
        else undecided.push({ place, reason: checked.reason });
      }
      for (const change of formatsOf(sender, taker)) {
        const { taken, sent, instance, format, witness } = change;
        if (witness === undefined) undecided.push({ place, reason: `nobody here knows the format "${format}"` });
        else
          found.push({
            place,
            instance,
            keyword: 'format',
            rejecting: taken.cursor,
            accepting: [sent.cursor],
            witness: excerpt(instance, witness),
          });
      }
    }
    return { found, undecided };
  };
}

interface Pair {
  readonly base: Surface;
  readonly head: Surface;
}

interface End {
  readonly reader: Reader;
  readonly contract: Contract;
  readonly place: Place;
}

type Ask = (a: Side, b: Side) => Comparison;

/** Places of a contract are in few documents: what one question finds out about them serves the others. */
function remembering(): Ask {
  const known = new Map<SchemaDocument, Map<SchemaDocument, Comparison>>();
  return (a, b) => {
    const others = known.get(a.document) ?? new Map<SchemaDocument, Comparison>();
    known.set(a.document, others);
    const asked = others.get(b.document) ?? comparison(a.document, b.document, OPTIONS);
    others.set(b.document, asked);
    return asked;
  };
}

/**
 * A producer's open object has no other properties than it names: that one may be added is no break. Where nothing can
 * be sent at all that way, the schemas mean something else by being open, and are taken at their word.
 */
function disagreementsOf(sender: End, taker: End, ask: Ask) {
  const b = taker.reader.located(taker.contract, taker.place.schema, { ...viewOf(sender, 'open'), role: 'taker' });
  const reading = (contentModel: View['contentModel']) =>
    sender.reader.located(sender.contract, sender.place.schema, viewOf(sender, contentModel));
  const a = reading('closed');
  if (isSameSchema(a, b)) return { disagreements: [], a, b };
  for (const one of [a, reading('open')]) {
    const { disagreements, satisfiable } = ask(one, b);
    const found = disagreements(one.pointer, b.pointer);
    if (found.length > 0 || satisfiable(one.pointer) !== false) return { disagreements: found, a: one, b };
  }
  const reason = `no payload satisfies the schema of the ${sender.place.name}`;
  return { disagreements: [{ verdict: 'unproven', reason, rejecting: b.pointer } as const], a, b };
}

function viewOf({ contract, place }: End, contentModel: View['contentModel']): View {
  return { drops: dropsOf(contract, place.direction), asText: isText(place), role: 'sender', contentModel };
}

function formatsOf(sender: End, taker: End): Iterable<FormatChange> {
  const view = viewOf(sender, 'open');
  const validators = new Map<SchemaDocument, ReturnType<typeof validator>>();
  return formatChanges(sender.place.table.fields, taker.place.table.fields, (field, value) => {
    const { document, pointer } = sender.reader.located(sender.contract, field.cursor, view);
    const validate = validators.get(document) ?? validator(document, OPTIONS);
    validators.set(document, validate);
    return validate(pointer, value).valid;
  });
}

/** Parameters and headers are written as text. */
function isText({ id }: Place): boolean {
  return /\/request\/(?:query|path|header|cookie)\/[^/]+$|\/response\/[^/]+\/header\/[^/]+$/.test(id);
}

function differenceOf(one: Refuted, place: PlacePair, sender: End, taker: End): Difference {
  const rejecting = keywordAt(taker.reader.estate, taker.place.schema.file, one.at.rejecting);
  const accepting = one.at.accepting.flatMap(pointer =>
    schemaAt(sender.reader.estate, sender.place.schema.file, pointer),
  );
  return {
    place,
    instance: parsePointer(one.at.instance) ?? [],
    keyword: rejecting?.keyword ?? '',
    rejecting: rejecting?.cursor ?? taker.place.schema,
    accepting,
    witness: one.witness,
  };
}

type Refuted = Extract<Disagreement, { verdict: 'refuted' }>;

/** Patterns that are no regular languages are tried on texts, and given up where that takes too long. */
function matches(pattern: string, text: string): boolean | undefined {
  try {
    return boundedRegExp(pattern, 'u').test(text);
  } catch {
    return undefined;
  }
}

/** For a validator that looks at a witness, which takes it well below a millisecond as a rule. */
const LONGEST_MS = 2000;
const OPTIONS: Options = { matches, limits: { steps: 1_000_000 } };
