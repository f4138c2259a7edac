/** Small pieces of the page. Text from contracts only ever stands between tags; addresses and classes are ours. */
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Known, Severity } from '../model/index.ts';
import { dayInWords } from './printable.ts';
import type { Named } from './view.ts';
import { SEVERITY_WORDS } from './words.ts';

/** Ids that have a place on the page: links to anything else would lead nowhere. */
export const Anchors = createContext<ReadonlySet<string>>(new Set());

/** An id as a fragment. Whatever could end an attribute or an address is written as its code point. */
export function anchorOf(id: string): string {
  return id.replace(/[^A-Za-z0-9.-]/gu, character => `_${character.codePointAt(0)!.toString(16)}`);
}

/** Addresses come from contracts: only the two schemes that a reader expects, nothing that runs or reads. */
export function safeAddress(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  try {
    return new URL(text).href;
  } catch {
    return undefined;
  }
}

/** What bears the id, by name; a link where the page has more on it. */
export function Ref({ to }: { to: Named }) {
  const isHere = useContext(Anchors).has(to.id);
  return isHere ? <a href={`#${anchorOf(to.id)}`}>{to.name}</a> : <span>{to.name}</span>;
}

export function Refs({ to, none = '–' }: { to: readonly Named[]; none?: string }) {
  if (to.length === 0) return <span class="quiet">{none}</span>;
  return (
    <ul class="plain">
      {to.map(each => (
        <li key={each.id}>
          <Ref to={each} />
        </li>
      ))}
    </ul>
  );
}

/** An id or a path, which may break where its parts meet. */
export function Code({ children }: { children: string }) {
  const parts = children.split(/(?<=[/#])(?=.)/u);
  return (
    <code>
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && <wbr />}
          {part}
        </span>
      ))}
    </code>
  );
}

export function Day({ day }: { day: string }) {
  return <time dateTime={day}>{dayInWords(day)}</time>;
}

const STATUS_TONES: Readonly<Record<string, Tone>> = {
  draft: 'quiet',
  'in-review': 'info',
  active: 'good',
  deprecated: 'warn',
  retired: 'bad',
};

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

export function Pill({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return <span class={`pill ${tone}`}>{children}</span>;
}

export function StatusPill({ status }: { status: string | undefined }) {
  return <Pill tone={STATUS_TONES[status ?? ''] ?? 'quiet'}>{status ?? 'not stated'}</Pill>;
}

const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = { error: 'bad', warn: 'warn', info: 'info' };

export function SeverityPill({ severity }: { severity: Severity }) {
  return <Pill tone={SEVERITY_TONES[severity]}>{SEVERITY_WORDS[severity]}</Pill>;
}

const KNOWN_TONES: Readonly<Record<Known, Tone>> = {
  declared: 'quiet',
  derived: 'info',
  verified: 'good',
  observed: 'good',
};

export function KnownPills({ known }: { known: readonly Known[] }) {
  return (
    <span class="pills">
      {known.map(how => (
        <Pill key={how} tone={KNOWN_TONES[how]}>
          {how}
        </Pill>
      ))}
    </span>
  );
}

export interface Column {
  readonly name: string;
  readonly isNumber?: boolean;
}

/** A table that scrolls inside its own frame, so that the page never does. */
export function Table({
  caption,
  columns,
  children,
  wide = false,
  dense = false,
}: {
  caption: string;
  columns: readonly (string | Column)[];
  children: ComponentChildren;
  wide?: boolean;
  dense?: boolean;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls, and there are none
    <div class="scroll" role="group" tabIndex={0} aria-label={caption}>
      <table class={[wide ? 'wide' : '', dense ? 'dense' : ''].join(' ').trim() || undefined}>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map(column => {
              const { name, isNumber = false }: Column = typeof column === 'string' ? { name: column } : column;
              return (
                <th key={name} scope="col" class={isNumber ? 'number' : undefined}>
                  {name}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function Section({
  id,
  title,
  lead,
  children,
}: {
  id: string;
  title: string;
  lead?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </section>
  );
}

export function Nothing({ children }: { children: ComponentChildren }) {
  return <p class="nothing">{children}</p>;
}
