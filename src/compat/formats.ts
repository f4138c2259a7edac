/** Formats are annotations to the algebra; what a change of one does to the values of a field is told by examples. */
import { type Field, isStructural } from '../load/index.ts';
import { ITEMS, type Json, type Path, segmentName } from '../model/index.ts';
import { formatDifference, type Validity } from '../schema/index.ts';

export interface FormatChange {
  /** The field on the side that takes it, and on the side that sends it. */
  readonly taken: Field;
  readonly sent: Field;
  readonly instance: Path;
  /** A value that is sent and not taken; undefined where nobody knows what one of the formats is. */
  readonly witness?: Json;
  readonly format: string;
}

type Fields = ReadonlyMap<string, Field>;

/** `isSent` tells whether the field may have the value otherwise. */
export function* formatChanges(
  sending: Fields,
  taking: Fields,
  isSent: (field: Field, value: Json) => Validity['valid'],
): Iterable<FormatChange> {
  for (const [path, taken] of taking) {
    const sent = sending.get(path);
    if (!sent) continue;
    for (const format of taken.formats) {
      const difference = formatDifference([...sent.formats], format);
      if (difference.kind === 'none') continue;
      const common = { taken, sent, instance: instanceOf(taken), format };
      if (difference.kind === 'unknown') yield common;
      else {
        const witness = difference.values.find(value => isSent(sent, value) === true);
        if (witness !== undefined) yield { ...common, witness };
      }
    }
  }
}

/** Some place in a payload at which the field stands. */
function instanceOf({ path }: Field): Path {
  return path.map(step => (isStructural(step) ? (step === ITEMS ? 0 : 'key') : segmentName(step)));
}

/** The value at the place, and nothing beside it. */
export function excerpt(instance: Path, value: Json): Json {
  return instance.reduceRight<Json>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}
