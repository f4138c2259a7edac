/** Who says that it covers which rows of the domain, and what it has to show for it. */
import { contractOf, type Edge, type Estate, type Json, type Location, type Rule } from '../model/index.ts';
import { type Part, partsOf } from './pattern.ts';
import { type Place, placesOf } from './places.ts';

export interface Claim {
  /** Id of the row, as the claim writes it. */
  readonly row: string;
  /** Where it is written; a rule of the program stands in no file of the estate. Asked for only by findings. */
  readonly locate: (() => Location) | undefined;
}

export interface Claimant {
  readonly id: string;
  readonly claims: readonly Claim[];
  /** `x-governance` of a contract; the whole entry of a system or consumer. */
  readonly metadata: Json;
  /** Ids that it calls, references, maps, subscribes to, taken apart. */
  readonly uses: readonly (readonly Part[])[];
  readonly places: () => readonly Place[];
  /** Whether it is a contract that nobody may rely on yet. Its claims say what it is going to cover. */
  readonly isPending: boolean;
  /** Whether it is written so far that what it claims can be held against what it has. */
  readonly isJudged: boolean;
  /** Whether a part of the estate could not be read, so that nobody can say that something is not there. */
  readonly isBroken: boolean;
}

const WITHOUT_CONTENT = { places: () => [], isPending: false, isJudged: true, isBroken: false } as const;

/**
 * Contracts, systems, consumers and rules, in this order. A retired contract serves nothing any more, so it is left
 * out. A draft and a contract in review serve nothing yet (D7.1); they are in, to say what is coming, and because a
 * review has to hear of a claim without reason. A rule claims the policies that it says it enforces.
 */
export function claimantsOf(estate: Estate, edges: readonly Edge[], rules: readonly Rule[]): Claimant[] {
  const uses = usesOf(edges);
  const errors = estate.findings.filter(({ severity }) => severity === 'error');
  // What was in a file that could not be read, nobody knows.
  const isUnread = errors.some(({ rule }) => rule === 'load/syntax' || rule === 'load/unreadable-file');
  const broken = new Set(errors.map(({ location }) => location.file));
  const contracts = estate.contracts.flatMap((contract): Claimant[] => {
    const { id, file, governance } = contract;
    const status = governance?.lifecycle?.status;
    if (!governance || status === 'retired') return [];
    let places: readonly Place[] | undefined;
    return [
      {
        id,
        claims: claimsAt(governance.covers, index => file.locate(['x-governance', 'covers', index])),
        metadata: governance as unknown as Json,
        uses: uses.get(id) ?? [],
        places: () => {
          places ??= placesOf(estate, contract);
          return places;
        },
        isPending: status === 'draft' || status === 'in-review',
        isJudged: status !== 'draft',
        isBroken: isUnread || broken.has(file.path),
      },
    ];
  });
  const entries = [...estate.systems, ...estate.consumers].map(
    ({ id, file, value }): Claimant => ({
      id,
      claims: claimsAt(value.covers, index => file.locate(['covers', index])),
      metadata: value as unknown as Json,
      uses: uses.get(id) ?? [],
      ...WITHOUT_CONTENT,
    }),
  );
  const policies = rules.map(
    ({ id, severity, policies }): Claimant => ({
      id: `policy:${id}`,
      claims: (policies ?? []).map(row => ({ row, locate: undefined })),
      metadata: { severity },
      uses: [],
      ...WITHOUT_CONTENT,
    }),
  );
  return [...contracts, ...entries, ...policies].filter(({ claims }) => claims.length > 0);
}

function claimsAt(rows: readonly string[] | undefined, locate: (index: number) => Location): Claim[] {
  return (rows ?? []).map((row, index) => ({ row, locate: () => locate(index) }));
}

const USE = new Set<Edge['relation']>(['calls', 'reads', 'writes', 'subscribes', 'references', 'maps-from', 'maps-to']);

/** Ends of the edges that leave a contract or entry, by its id; a place and the contract around it are both used. */
function usesOf(edges: readonly Edge[]): Map<string, (readonly Part[])[]> {
  const found = new Map<string, Set<string>>();
  for (const { from, relation, to } of edges) {
    if (!USE.has(relation)) continue;
    const [user, used] = [contractOf(from), contractOf(to)];
    if (user === used) continue;
    const ends = found.get(user) ?? new Set();
    found.set(user, ends.add(to).add(used));
  }
  // Every row that expects a use looks at all of them.
  return new Map([...found].map(([user, ends]) => [user, [...ends].map(partsOf)]));
}
