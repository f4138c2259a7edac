/** Something that is not followed here: a schema or a value about which ajv has to be asked. */
export class Doubt extends Error {
  override readonly name = 'Doubt';
}
