/** `countersign.yaml`: where the estate lies and which policies apply to it. */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Static, Type } from '@sinclair/typebox';
import { LAYERS } from '../model/governance.ts';
import type { Json } from '../model/json.ts';
import { rootOf } from './cursor.ts';
import { parseSource } from './parse.ts';
import { quickValidator } from './quick/evaluator.ts';
import { SnapshotError } from './snapshot.ts';

export const CONFIG_FILE = 'countersign.yaml';

const closed = { additionalProperties: false } as const;
const Layer = Type.Unsafe<(typeof LAYERS)[number]>({ type: 'string', enum: [...LAYERS] });

export const Config = Type.Object(
  {
    contracts: Type.Optional(Type.String({ minLength: 1, description: 'Directory of the estate, from this file.' })),
    mocks: Type.Optional(Type.String({ minLength: 1, description: 'Directory of mock definitions, from this file.' })),
    rulesets: Type.Optional(
      Type.Array(
        Type.Object(
          {
            ruleset: Type.String({
              minLength: 1,
              description: 'Path of a Spectral ruleset from this file, or `countersign:NAME` for one that is shipped.',
            }),
            layers: Type.Array(Layer, { description: 'Layers whose contracts it applies to.' }),
          },
          closed,
        ),
        { minItems: 1, description: 'A contract without a layer gets the first.' },
      ),
    ),
    baseline: Type.Optional(
      Type.String({ minLength: 1, description: 'File with the findings that are tolerated, from this file.' }),
    ),
    policies: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^policy/[a-z-]+$' }),
        Type.Unsafe<'off' | 'error' | 'warn' | 'info'>({ type: 'string', enum: ['off', 'error', 'warn', 'info'] }),
        {
          additionalProperties: false,
          description: 'Severity of policies that look across contracts, by rule; `off` switches one off.',
        },
      ),
    ),
    rulePages: Type.Optional(
      Type.String({
        pattern: '^https?://\\S*\\{rule\\}\\S*$',
        description:
          'Address of the page of a rule, with {rule} for its id, for links in SARIF: where docs/reference/rules is served.',
      }),
    ),
    cache: Type.Optional(
      Type.Object(
        {
          enabled: Type.Optional(
            Type.Boolean({ description: 'Whether results are kept from run to run; yes unless given.' }),
          ),
          directory: Type.Optional(
            Type.String({
              minLength: 1,
              description:
                'Where they are kept, from this file; `.countersign/cache` unless given. COUNTERSIGN_CACHE_DIR in the environment counts more.',
            }),
          ),
        },
        closed,
      ),
    ),
    lifecycle: Type.Optional(
      Type.Object(
        {
          noticeDays: Type.Optional(
            Type.Integer({ minimum: 0, description: 'Least days from deprecation to sunset.' }),
          ),
        },
        closed,
      ),
    ),
  },
  { ...closed, $id: 'config', title: CONFIG_FILE, description: 'Configuration of Countersign.' },
);
export type Config = Static<typeof Config>;

export interface LoadedConfig {
  readonly config: Config;
  /** Absolute directory that the paths in it are relative to. */
  readonly root: string;
  /** Absolute path of the file; undefined where there is none and defaults apply. */
  readonly file: string | undefined;
}

/**
 * The nearest configuration from `directory` upwards, or the one in `wanted`, a path from `directory`. Throws a
 * {@link SnapshotError} where it is not valid or not there.
 */
export async function loadConfig(directory: string, wanted?: string): Promise<LoadedConfig> {
  const file = wanted === undefined ? nearest(resolve(directory)) : resolve(directory, wanted);
  if (file === undefined) return { config: {}, root: resolve(directory), file };
  if (!existsSync(file)) throw new SnapshotError(`there is no configuration ${wanted}`);
  const parsed = parseSource(CONFIG_FILE, await readFile(file, 'utf8'));
  const fail = (line: number, message: string) => new SnapshotError(`${file}:${line}: ${message}`);
  if (parsed.problem) throw fail(parsed.problem.location.line, parsed.problem.message);
  const root = rootOf(parsed.file);
  if (root && !isSurelyValid(root.value)) {
    // Ajv takes longer to load than all else that a short command does.
    const { faultsOf } = await import('./shape.ts');
    const [fault] = faultsOf(Config, root);
    if (fault) throw fail(fault.location.line, fault.message);
  }
  return { config: parsed.file.value as unknown as Config, root: dirname(file), file };
}

function isSurelyValid(value: Json): boolean {
  const { isSurelyValid: holds } = quickValidator<undefined>({
    resolve: () => undefined,
    patternOf: pattern => new RegExp(pattern, 'u'),
  });
  return holds({ schema: Config as unknown as Json, base: undefined }, value);
}

function nearest(directory: string): string | undefined {
  const file = join(directory, CONFIG_FILE);
  if (existsSync(file)) return file;
  const parent = dirname(directory);
  return parent === directory ? undefined : nearest(parent);
}
