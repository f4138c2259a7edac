/**
 * The page of an estate as one HTML document that needs nothing else: no script, no request, no font. Its own security
 * policy forbids all of them, so that not even a mistake in here could let a contract's text act.
 */
import { createHash } from 'node:crypto';
import { render } from 'preact-render-to-string';
import { Anchors, Day } from './parts.tsx';
import { dayInWords } from './printable.ts';
import { Changes } from './sections/changes.tsx';
import { Consumers } from './sections/consumers.tsx';
import { Contracts } from './sections/contracts.tsx';
import { DependencySection } from './sections/dependencies.tsx';
import { Deprecations } from './sections/deprecations.tsx';
import { Findings } from './sections/findings.tsx';
import { Mappings } from './sections/mappings.tsx';
import { Systems } from './sections/systems.tsx';
import { Unknowns } from './sections/unknowns.tsx';
import { Waivers } from './sections/waivers.tsx';
import { Workflows } from './sections/workflows.tsx';
import { STYLE } from './style.css.ts';
import type { EstateView } from './view.ts';
import { ledeOf, VERDICT_WORDS } from './words.ts';

const POLICY = [
  `default-src 'none'`,
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');

export function estatePage(view: EstateView): string {
  return `<!doctype html>\n${render(<Page view={view} />)}\n`;
}

function Page({ view }: { view: EstateView }) {
  const anchors = new Set([view.contracts, view.systems, view.consumers].flat().map(({ id }) => id));
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content={view.generator} />
        <meta name="referrer" content="no-referrer" />
        <title>{`Integration estate ${view.label}, ${dayInWords(view.today)}`}</title>
        <link rel="icon" href="data:," />
        <style>{STYLE}</style>
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <Masthead view={view} />
        <Contents view={view} />
        <Anchors.Provider value={anchors}>
          <main id="main" class="wrap">
            <Figures view={view} />
            {view.changes && <Changes changes={view.changes} />}
            <DependencySection view={view} />
            <Contracts contracts={view.contracts} />
            <Deprecations deprecations={view.deprecations} today={view.today} />
            <Systems view={view} />
            <Consumers consumers={view.consumers} pacts={view.pacts} />
            <Mappings mappings={view.mappings} />
            <Workflows workflows={view.workflows} />
            <Findings view={view} />
            <Waivers view={view} />
            <Unknowns view={view} />
          </main>
        </Anchors.Provider>
        <footer class="wrap">
          <p>
            Written by {view.generator} from the contracts and the recorded evidence. The same state and day give the
            same page, byte for byte.
          </p>
        </footer>
      </body>
    </html>
  );
}

function Masthead({ view }: { view: EstateView }) {
  const { verdict, tally, label, today, changes } = view;
  const numbers: readonly (readonly [name: string, value: number, tone: string])[] = [
    ['errors', tally.error, 'bad'],
    ['warnings', tally.warn, 'warn'],
    ['info', tally.info, ''],
    ['waived', tally.waived, ''],
  ];
  return (
    <header class="masthead">
      <div class="wrap">
        <p class="brand">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <rect x="1" y="1" width="22" height="22" rx="6" fill="#5cc4cb" />
            <path
              d="M6 12.5 l3.2 3.2 L14 9 M13 15.7 L18.5 8"
              fill="none"
              stroke="#06272a"
              stroke-width="2.2"
              stroke-linecap="round"
              stroke-linejoin="round"
            />
          </svg>
          Countersign <span>Estate report</span>
        </p>
        <div class="row">
          <div class="words">
            <h1>Integration estate</h1>
            <p class="lede">{ledeOf(view)}</p>
            <dl class="stamp">
              <div>
                <dt>State</dt>
                <dd>{label}</dd>
              </div>
              <div>
                <dt>As of</dt>
                <dd>
                  <Day day={today} />
                </dd>
              </div>
              {changes && (
                <div>
                  <dt>Compared with</dt>
                  <dd>{changes.base}</dd>
                </div>
              )}
            </dl>
          </div>
          <div class="verdict">
            <p class={`word ${verdict}`}>
              <i aria-hidden="true">{VERDICT_MARKS[verdict]}</i>
              {VERDICT_WORDS[verdict]}
            </p>
            <dl>
              {numbers.map(([name, value, tone]) => (
                <div key={name} class={value === 0 ? 'zero' : tone}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </div>
        </div>
      </div>
    </header>
  );
}

const VERDICT_MARKS = { pass: '✓', fail: '✕', inconclusive: '?' } as const;

function Contents({ view }: { view: EstateView }) {
  const entries: readonly (readonly [id: string, name: string, count: number | undefined])[] = [
    ...(view.changes ? [['changes', 'What it breaks', view.changes.findings.length] as const] : []),
    ['dependencies', 'Dependencies', undefined],
    ['contracts', 'Contracts', view.contracts.length],
    ['deprecations', 'Deprecations', view.deprecations.length],
    ['systems', 'Systems', view.systems.length],
    ['consumers', 'Consumers', view.consumers.length],
    ['mappings', 'Mappings', view.mappings.length],
    ['workflows', 'Workflows', view.workflows.length],
    ['findings', 'Findings', view.findings.length],
    ['waivers', 'Waivers', view.waivers.length],
    ['unknowns', 'Not known', view.unknowns.length],
  ];
  return (
    <nav class="contents" aria-label="Sections">
      <div class="wrap">
        <ul>
          {entries.map(([id, name, count]) => (
            <li key={id}>
              <a href={`#${id}`}>
                {name}
                {count !== undefined && <b>{count}</b>}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}

function Figures({ view }: { view: EstateView }) {
  return (
    <section id="figures" aria-label="Key figures">
      <dl class="figures">
        {view.figures.map(({ label, value, detail }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
            <dd class="detail">{detail}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
