/** Requirements against the estate: which rows are claimed, and which content confirms the claims. */
import { closest } from 'fastest-levenshtein';
import {
  compareText,
  type DomainRow,
  type Edge,
  type Estate,
  extend,
  type Finding,
  finding,
  type Location,
  type Rule,
} from '../model/index.ts';
import { type Claim, type Claimant, claimantsOf } from './claims.ts';
import { type Expected, expected, metBy } from './expectation.ts';
import rule from './rules.ts';

export interface ExpectationCoverage {
  readonly text: string;
  /** Ids of what meets it. */
  readonly by: readonly string[];
  readonly locate: () => Location;
}

export interface RowCoverage {
  readonly id: string;
  readonly title: string;
  /** Whether something claims it that has at least a part of what it expects or allows. */
  readonly covered: boolean;
  /** Whether it is covered, and everything that it expects is there. Never where `unchecked` is set. */
  readonly confirmed: boolean;
  /** Why content cannot confirm it, and where its proof is. */
  readonly unchecked: string | undefined;
  /** Contracts that claim it and that nobody may rely on yet. */
  readonly pending: readonly string[];
  /** What meets its expectations; for a claim that meets none of them but is sound, the claimant. */
  readonly by: readonly string[];
  readonly expectations: readonly ExpectationCoverage[];
  /** The row itself as an id, `domain:procure-to-pay#D3.2`, and where it stands. */
  readonly subject: string;
  readonly locate: () => Location;
}

export interface AreaCoverage {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly RowCoverage[];
}

/** Areas in the order of the domain documents; empty where the estate has none. `rules` are those in force. */
export function coverageOf(estate: Estate, edges: readonly Edge[], rules: readonly Rule[]): AreaCoverage[] {
  const claimants = claimantsOf(estate, edges, rules);
  const claimantsByRow = new Map<string, Claimant[]>();
  for (const claimant of claimants) {
    for (const row of new Set(claimant.claims.map(claim => claim.row))) {
      claimantsByRow.set(row, [...(claimantsByRow.get(row) ?? []), claimant]);
    }
  }
  const areas = new Map<string, { id: string; title: string; rows: RowCoverage[] }>();
  for (const known of rowsOf(estate)) {
    const area = areas.get(known.area.id) ?? { ...known.area, rows: [] };
    areas.set(area.id, area);
    area.rows.push(rowCoverage(known, claimantsByRow.get(known.row.id) ?? []));
  }
  return [...areas.values()];
}

/** What is wrong with the claims, and with the domain documents themselves. Nothing where there is no such document. */
export function inspectCoverage(estate: Estate, edges: readonly Edge[]): Finding[] {
  if (estate.domains.length === 0) return [];
  const rows = new Map(rowsOf(estate).map(known => [known.row.id, known]));
  const ids = [...rows.keys()];
  const claims = claimantsOf(estate, edges, []).flatMap(claimant =>
    claimant.claims.flatMap(claim => {
      const known = rows.get(claim.row);
      if (!known) return [unknownId(claimant, claim, ids)];
      return claimant.isBroken || !claimant.isJudged || isSound(known, claimant)
        ? []
        : [unfounded(claimant, claim, known)];
    }),
  );
  return [...claims, ...duplicateRows(estate)];
}

/** What is missing in the given areas. */
export function gapsOf(areas: readonly AreaCoverage[]): Finding[] {
  return areas.flatMap(({ rows }) =>
    rows.flatMap(({ id, title, covered, pending, expectations, subject, locate }) => {
      if (!covered) {
        const hope = pending.length > 0 ? ` yet; ${pending.join(', ')} will once active` : '';
        const message = `nothing covers ${id} (${title})${hope}`;
        return [finding(rule.uncovered, { subject, message, location: locate() })];
      }
      return expectations
        .filter(({ by }) => by.length === 0)
        .map(({ text, locate: at }) => {
          const message = `${id} (${title}) expects ${text}, which nothing that claims it has`;
          return finding(rule.unmetExpectation, { subject, message, facts: { expects: text }, location: at() });
        });
    }),
  );
}

interface KnownRow {
  readonly row: DomainRow;
  readonly area: { readonly id: string; readonly title: string };
  readonly subject: string;
  readonly locate: () => Location;
  readonly expects: readonly (Expected & { readonly locate: () => Location })[];
  readonly allows: readonly Expected[];
}

/** Every row once, in the order of the documents. */
function rowsOf(estate: Estate): KnownRow[] {
  const found = new Map<string, KnownRow>();
  for (const { id: domain, file, value } of estate.domains) {
    value.areas.forEach((area, areaIndex) => {
      area.rows.forEach((row, rowIndex) => {
        if (found.has(row.id)) return;
        const path = ['areas', areaIndex, 'rows', rowIndex];
        found.set(row.id, {
          row,
          area: { id: area.id, title: area.title },
          subject: extend(domain, row.id),
          locate: () => file.locate([...path, 'id']),
          expects: (row.expects ?? []).map((expectation, index) => ({
            ...expected(expectation),
            locate: () => file.locate([...path, 'expects', index]),
          })),
          allows: (row.allows ?? []).map(expected),
        });
      });
    });
  }
  return [...found.values()];
}

function rowCoverage(known: KnownRow, claimants: readonly Claimant[]): RowCoverage {
  const { row, expects, subject, locate } = known;
  const inForce = claimants.filter(({ isPending }) => !isPending);
  const sound = inForce.filter(claimant => isSound(known, claimant));
  const met = expects.map(expectation => sound.map(claimant => metBy(expectation, claimant)));
  const by = sound.flatMap((claimant, index) => {
    const content = met.flatMap(found => found[index] ?? []);
    return content.length > 0 ? content : [claimant.id];
  });
  const expectations = expects.map(({ text, locate: at }, index) => ({
    text,
    by: met[index]!.flatMap(id => id ?? []),
    locate: at,
  }));
  return {
    id: row.id,
    title: row.title,
    covered: sound.length > 0,
    confirmed: expectations.length > 0 && expectations.every(expectation => expectation.by.length > 0),
    unchecked: row.unchecked,
    pending: claimants.filter(({ isPending }) => isPending).map(({ id }) => id),
    by: [...new Set(by)].sort(compareText),
    expectations,
    subject,
    locate,
  };
}

/** A row that names no content at all cannot be claimed wrongly. */
function isSound({ expects, allows }: KnownRow, claimant: Claimant): boolean {
  const content = [...expects, ...allows];
  return content.length === 0 || content.some(expectation => metBy(expectation, claimant) !== undefined);
}

function unknownId({ id }: Claimant, { row, locate }: Claim, ids: readonly string[]): Finding {
  const message = `${id} says that it covers ${row}, which the domain does not have; did you mean ${closest(row, ids)}?`;
  return finding(rule.unknownId, { subject: id, message, facts: { row }, location: locate!() });
}

function unfounded({ id }: Claimant, { row, locate }: Claim, known: KnownRow): Finding {
  const wanted = [...known.expects, ...known.allows].map(({ text }) => text);
  const more = wanted.length > MOST ? `, or ${wanted.length - MOST} more` : '';
  return finding(rule.unfoundedClaim, {
    subject: id,
    message: `${id} says that it covers ${row} (${known.row.title}), but has nothing of what that expects: ${wanted.slice(0, MOST).join('; ')}${more}`,
    facts: { row },
    location: locate!(),
    evidence: { related: [{ message: 'what the row expects', location: known.locate() }] },
  });
}

const MOST = 4;

function duplicateRows(estate: Estate): Finding[] {
  const first = new Map<string, () => Location>();
  return estate.domains.flatMap(({ id: domain, file, value }) =>
    value.areas.flatMap((area, areaIndex) =>
      area.rows.flatMap((row, rowIndex) => {
        const locate = () => file.locate(['areas', areaIndex, 'rows', rowIndex, 'id']);
        const earlier = first.get(row.id);
        if (!earlier) {
          first.set(row.id, locate);
          return [];
        }
        return [
          finding(rule.duplicateRow, {
            subject: extend(domain, row.id),
            message: `there already is a row ${row.id}; this one is not counted`,
            facts: { title: row.title },
            location: locate(),
            evidence: { related: [{ message: 'the first row with this id', location: earlier() }] },
          }),
        ];
      }),
    ),
  );
}
