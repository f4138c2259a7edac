/**
 * The page's one style sheet. It stands in the document as text, so it holds no `<`, `&` or double quote. Colours pass
 * WCAG AA on their backgrounds in both schemes.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --ink: #161a22; --soft: #566070; --line: #dfe3ea; --stripe: #f8f9fb;
  --brand: #0a5f67; --brand-ink: #ffffff; --head: #0c2a33; --head-soft: #a9c4c9; --link: #0a5f67;
  --good: #11663a; --good-bg: #dff3e6; --warn: #7d4a00; --warn-bg: #fdeecb; --bad: #a3201a; --bad-bg: #fde3e1;
  --info: #1c4f96; --info-bg: #e0ebfa; --quiet: #4b5563; --quiet-bg: #e9ecf1;
  --api: #0a7480; --event: #7b4bc4; --schema: #2767c4; --mapping: #b0620a; --workflow: #b0306a; --consumer: #4b5563; --file: #5c7a12;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0e1217; --card: #161b22; --ink: #e7ebf0; --soft: #9ba7b5; --line: #2a323c; --stripe: #1a2029;
    --brand: #5cc4cb; --brand-ink: #06272a; --head: #0a1a20; --head-soft: #93b3b9; --link: #6fd0d6;
    --good: #7ddba2; --good-bg: #12331f; --warn: #f3c56c; --warn-bg: #3a2a08; --bad: #ff9f98; --bad-bg: #45191a;
    --info: #93bdf7; --info-bg: #172c4a; --quiet: #b3bdc9; --quiet-bg: #2a323c;
    --api: #45b8c2; --event: #b08bf0; --schema: #74a7f5; --mapping: #e0a04e; --workflow: #ec7fb0; --consumer: #9ba7b5; --file: #a5c552;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 4rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
.wrap { max-width: 82rem; margin: 0 auto; padding: 0 clamp(1rem, 3vw, 2rem); }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
code { font: 0.85em/1.45 var(--mono); overflow-wrap: anywhere; }
td code, th code { overflow-wrap: break-word; }
p { margin: 0; }
.quiet-text { color: var(--soft); }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 3; background: var(--card); color: var(--link); padding: 0.5rem 1rem; border-radius: 6px; }

.masthead { background: var(--head); color: #fff; padding: 1.5rem 0 2.25rem; }
.masthead .row { display: flex; flex-wrap: wrap; gap: 1.5rem 3rem; justify-content: space-between; align-items: flex-end; }
.masthead .words { flex: 1 1 26rem; min-width: 0; }
.brand { display: flex; align-items: center; gap: 0.6rem; font-weight: 600; letter-spacing: 0.01em; margin-bottom: 1.75rem; }
.brand svg { width: 1.6rem; height: 1.6rem; flex: none; }
.brand span { color: var(--head-soft); font-weight: 400; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2vw, 2.5rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0 0 0.6rem; font-weight: 650; text-wrap: balance; }
.masthead .lede { color: #d5e3e6; max-width: 44rem; font-size: 1.02rem; overflow-wrap: anywhere; }
.stamp { display: flex; flex-wrap: wrap; gap: 0.25rem 1.75rem; margin: 1.1rem 0 0; }
.stamp div { display: flex; gap: 0.5rem; min-width: 0; }
.stamp dt { color: var(--head-soft); }
.stamp dd { margin: 0; overflow-wrap: anywhere; }
.verdict { flex: 0 1 auto; background: var(--card); color: var(--ink); border-radius: 14px; padding: 1rem 1.25rem; min-width: min(20rem, 100%); box-shadow: 0 10px 30px rgb(0 0 0 / 0.25); }
.verdict .word { display: flex; align-items: center; gap: 0.65rem; font-size: 1.25rem; font-weight: 650; margin-bottom: 0.8rem; }
.verdict .word i { display: grid; place-items: center; width: 1.9rem; height: 1.9rem; border-radius: 50%; font-style: normal; font-size: 1.05rem; line-height: 1; }
.verdict .pass i { background: var(--good-bg); color: var(--good); }
.verdict .fail i { background: var(--bad-bg); color: var(--bad); }
.verdict .inconclusive i { background: var(--warn-bg); color: var(--warn); }
.verdict dl { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0.5rem; margin: 0; }
.verdict dl div { display: flex; flex-direction: column-reverse; }
.verdict dt { color: var(--soft); font-size: 0.8125rem; }
.verdict dd { margin: 0; font-size: 1.5rem; line-height: 1.15; font-weight: 600; font-variant-numeric: tabular-nums; }
.verdict .bad dd { color: var(--bad); } .verdict .warn dd { color: var(--warn); } .verdict .zero dd { color: var(--soft); font-weight: 400; }

.contents { position: sticky; top: 0; z-index: 2; background: var(--card); border-bottom: 1px solid var(--line); }
.contents ul { display: flex; gap: 0.25rem; list-style: none; margin: 0 -0.7rem; padding: 0.4rem 0; overflow-x: auto; scrollbar-width: none; }
.contents a { display: block; padding: 0.35rem 0.7rem; border-radius: 6px; text-decoration: none; white-space: nowrap; color: var(--ink); font-size: 0.875rem; }
.contents a:hover { background: var(--quiet-bg); }
.contents b { font-weight: 500; color: var(--soft); font-variant-numeric: tabular-nums; margin-left: 0.3rem; }

.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(11.5rem, 1fr)); gap: 0.75rem; margin: 0; }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.8rem 1rem; display: grid; grid-template-columns: auto 1fr; align-items: baseline; column-gap: 0.45rem; align-content: start; }
.figures dt { order: 2; font-weight: 550; }
.figures dd { order: 1; margin: 0; font-size: 1.6rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.figures .detail { order: 3; grid-column: 1 / -1; font-size: 0.8125rem; line-height: 1.4; font-weight: 400; letter-spacing: 0; color: var(--soft); margin-top: 0.2rem; }

section { margin: 3rem 0 0; }
#figures { margin-top: 1.75rem; }
h2 { font-size: 1.4rem; line-height: 1.25; letter-spacing: -0.015em; margin: 0 0 0.3rem; font-weight: 650; }
h3 { font-size: 1.0625rem; line-height: 1.35; margin: 0; font-weight: 620; overflow-wrap: anywhere; }
.lead { color: var(--soft); max-width: 52rem; margin-bottom: 1rem; }
.nothing { background: var(--card); border: 1px dashed var(--line); border-radius: 10px; padding: 1rem 1.25rem; color: var(--soft); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.scroll + .scroll, .scroll + details, .card + .card, .card + .scroll, .legend + details { margin-top: 1rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; min-width: 40rem; }
table.wide { min-width: 62rem; }
time { white-space: nowrap; }
caption span { position: sticky; left: 1rem; display: inline-block; max-width: calc(100vw - 4.5rem); }
caption { text-align: left; padding: 0.7rem 1rem; color: var(--soft); font-size: 0.8125rem; }
th, td { text-align: left; vertical-align: top; padding: 0.65rem 1rem; border-top: 1px solid var(--line); }
thead th { font-size: 0.75rem; font-weight: 600; color: var(--soft); background: var(--stripe); white-space: nowrap; padding-block: 0.45rem; }
tbody th { font-weight: 550; }
th.message { font-weight: 400; max-width: 34rem; }
tbody th code { font-weight: 400; }
td .sub, th .sub { font-weight: 400; color: var(--soft); }
table.dense :is(th, td) { padding-block: 0.35rem; }
th .sub, td .sub { display: block; font-size: 0.8125rem; margin-top: 0.1rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr:target > *, .card:target { background: var(--info-bg); }
ul.plain { list-style: none; margin: 0; padding: 0; }
ul.plain li + li { margin-top: 0.2rem; }
.quiet { color: var(--soft); }
.nowrap { white-space: nowrap; }
.pill { display: inline-block; border-radius: 99px; padding: 0.05rem 0.55rem; font-size: 0.75rem; line-height: 1.5; font-weight: 550; white-space: nowrap; }
span.pill.quiet { color: var(--quiet); }
.pill.good { background: var(--good-bg); color: var(--good); } .pill.warn { background: var(--warn-bg); color: var(--warn); }
.pill.bad { background: var(--bad-bg); color: var(--bad); } .pill.info { background: var(--info-bg); color: var(--info); }
.pill.quiet { background: var(--quiet-bg); }
.pills { display: inline-flex; flex-wrap: wrap; gap: 0.25rem; }

.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.card header { padding: 1rem 1rem 0.9rem; }
.card header p { color: var(--soft); max-width: 56rem; margin-top: 0.2rem; font-size: 0.875rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0.15rem 1.5rem; margin: 0.45rem 0 0; font-size: 0.875rem; }
.facts div { display: flex; gap: 0.4rem; min-width: 0; }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.card .scroll { border: 0; border-top: 1px solid var(--line); border-radius: 0; }
.card .scroll + .scroll, .card header + .scroll, .card .scroll + details, .card details + details { margin-top: 0; }
.card .nothing { border: 0; border-top: 1px dashed var(--line); border-radius: 0; }
details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.card details { border: 0; border-top: 1px solid var(--line); border-radius: 0; }
summary { cursor: pointer; padding: 0.65rem 1rem; font-size: 0.875rem; font-weight: 550; }
summary:focus-visible { outline-offset: -2px; }
details .scroll { border: 0; border-top: 1px solid var(--line); border-radius: 0; }

.picture { padding: 1.1rem; }
.picture svg { display: block; font-family: inherit; }
svg.dependencies { width: 100%; height: auto; min-width: 68rem; max-width: 86rem; margin: 0 auto; }
svg.timeline { width: 100%; height: auto; min-width: 44rem; }
svg.timeline text { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
svg text { fill: var(--ink); font-size: 13px; }
.column { fill: var(--soft); font-size: 11.5px; font-weight: 600; }
.link { fill: none; stroke-width: 1.5; }
.link.declared { stroke: var(--soft); stroke-dasharray: 4 4; } marker.declared { fill: var(--soft); }
.link.derived { stroke: var(--schema); } marker.derived { fill: var(--schema); }
.link.verified, .link.observed { stroke: var(--good); stroke-width: 2; } marker.verified, marker.observed { fill: var(--good); }
.link:hover { stroke-width: 3; }
.frame { fill: var(--stripe); stroke: var(--line); }
.box text { font-size: 12.5px; font-weight: 600; }
.box text.id { fill: var(--soft); font-size: 10.5px; font-weight: 400; }
.leaving .frame { stroke: var(--warn); stroke-dasharray: 5 3; } .leaving text.id { fill: var(--warn); }
.mark { fill: var(--consumer); }
.api .mark { fill: var(--api); } .event .mark { fill: var(--event); } .schema .mark { fill: var(--schema); }
.mapping .mark { fill: var(--mapping); } .workflow .mark { fill: var(--workflow); } .file .mark { fill: var(--file); }
.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; list-style: none; padding: 0; margin: 0.7rem 0 0; color: var(--soft); font-size: 0.8125rem; }
.legend li { display: flex; align-items: center; gap: 0.45rem; }
.legend svg { width: 1.9rem; height: 0.6rem; flex: none; }
.tick { stroke: var(--line); } text.year { fill: var(--soft); font-size: 12px; }
.bar { fill: var(--warn-bg); stroke: var(--warn); } .bar.gone { fill: var(--warn); }
line.today { stroke: var(--bad); stroke-width: 1.5; } text.today { fill: var(--bad); font-size: 11.5px; font-weight: 600; }

ol.steps { list-style: none; counter-reset: step; margin: 0; padding: 0 1rem 1rem; display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 0.75rem; }
ol.steps li { counter-increment: step; border: 1px solid var(--line); border-radius: 8px; background: var(--stripe); padding: 0.75rem 0.9rem 0.8rem 3rem; position: relative; font-size: 0.875rem; }
ol.steps li::before { content: counter(step); position: absolute; left: 0.8rem; top: 0.75rem; width: 1.5rem; height: 1.5rem; border-radius: 50%; background: var(--brand); color: var(--brand-ink); display: grid; place-items: center; font-size: 0.8125rem; font-weight: 600; }
ol.steps b { font-weight: 600; overflow-wrap: anywhere; }
ol.steps .call { display: block; margin: 0.1rem 0 0.35rem; }
ol.steps p { color: var(--soft); }
.gaps { display: grid; gap: 0.75rem; }
.gaps details p { color: var(--soft); padding: 0 1rem; font-size: 0.875rem; }
.gaps ul { margin: 0.4rem 0 0.9rem; padding: 0 1rem 0 2.2rem; font-size: 0.875rem; overflow-wrap: anywhere; }
.gaps summary .pill { margin-left: 0.4rem; }
footer { margin: 3.5rem 0 0; padding: 1.25rem 0 2.5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem; }

@media (max-width: 40rem) {
  .masthead { padding: 1rem 0 1.5rem; }
  .brand { margin-bottom: 1.1rem; }
  .verdict { width: 100%; }
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.5rem; }
  .figures div { padding: 0.65rem 0.8rem; }
  .figures dd { font-size: 1.35rem; }
  section { margin-top: 2.25rem; }
  ol.steps { grid-template-columns: minmax(0, 1fr); }
  th, td { padding-inline: 0.75rem; }
}
@media print {
  @page { margin: 12mm; }
  :root { color-scheme: light; --page: #fff; --head: #fff; --head-soft: #566070; }
  body { font-size: 9pt; }
  .wrap { max-width: none; padding: 0; }
  .contents, .skip { display: none; }
  .masthead { color: var(--ink); padding: 0 0 6mm; border-bottom: 1px solid var(--line); }
  .masthead .lede { color: var(--ink); }
  .verdict { box-shadow: none; border: 1px solid var(--line); }
  .figures { grid-template-columns: repeat(4, 1fr); }
  .scroll, .card, details { overflow: visible; }
  table, table.wide, svg.dependencies, svg.timeline { min-width: 0; }
  table { font-size: 8pt; }
  th, td { padding: 1.2mm 1.6mm; }
  thead { display: table-header-group; }
  tr, li, .figures div, .picture { break-inside: avoid; }
  h2, h3, .lead, caption, .card header { break-after: avoid; }
  .pill, ol.steps li::before, .bar, .mark, .frame { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; }
  caption span { position: static; max-width: none; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
