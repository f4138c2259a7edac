/** The JSONPath engine that Spectral uses, as the module that it has loaded itself. The bundle replaces this file. */
import { createRequire } from 'node:module';

export interface Engine {
  query(input: unknown, callbacks: Readonly<Record<string, unknown>>): void;
}
export type EngineClass = new (expressions: readonly string[], options: object) => Engine;

const ofSpectral = createRequire(createRequire(import.meta.url).resolve('@stoplight/spectral-core'));

/** What Spectral takes the engine from: its form for old versions of Node, in which private members are functions. */
export const nimma: { default: EngineClass } = ofSpectral('nimma/legacy');
/** The same engine of the same version for the versions that we run on. */
export const { default: Current }: { default: EngineClass } = ofSpectral('nimma');
