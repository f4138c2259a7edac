/** Who depends on what, drawn in columns. The table beneath it says the same for those who cannot see it. */
import { COLUMNS, type Dependencies, withoutImplied } from './dependencies.ts';
import { layOut } from './layout.ts';

const BOX_WIDTH = 208;
const HEAD = 34;
const MARGIN = 4;
const MEASURES = { boxWidth: BOX_WIDTH, columnGap: 48, rowGap: 16 };
/** Characters that fit on one line of a box, in the widest of the fonts that a reader may have. */
const LINE = 22;
const SMALL_LINE = 30;
const LINES = 3;

export function DependencyPicture({ nodes, links }: Dependencies) {
  // Columns that nothing stands in would only spread the others.
  const used = COLUMNS.flatMap((name, column) =>
    nodes.some(node => node.column === column) ? [{ name, column }] : [],
  );
  const shown = withoutImplied(links);
  const titles = new Map(nodes.map(({ id, title }) => [id, wrapped(title)]));
  const boxes = nodes.map(({ id, column }) => ({
    id,
    column: used.findIndex(each => each.column === column),
    height: 34 + 16 * titles.get(id)!.length,
  }));
  const layout = layOut(boxes, shown, MEASURES);
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + HEAD + 2 * MARGIN];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls, and there are none
    <div class="scroll picture" role="group" tabIndex={0} aria-label="Picture of the dependencies">
      <svg
        class="dependencies"
        viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-labelledby="dependencies-picture-title"
      >
        <title id="dependencies-picture-title">
          {`${nodes.length} consumers and contracts with ${shown.length} dependencies; the table below lists all of them`}
        </title>
        <defs>
          {['declared', 'derived', 'verified', 'observed'].map(how => (
            <marker
              key={how}
              id={`arrow-${how}`}
              class={how}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0.5 L8 4 L0 7.5 Z" />
            </marker>
          ))}
        </defs>
        {used.map(({ name }, index) => (
          <text key={name} class="column" x={layout.columns[index]} y={12}>
            {name}
          </text>
        ))}
        <g transform={`translate(0 ${HEAD})`}>
          {shown.map(({ from, to, verb, known }, index) => (
            <path
              key={`${from} ${to}`}
              class={`link ${known}`}
              d={layout.paths[index]}
              marker-end={`url(#arrow-${known})`}
            >
              <title>{`${from} ${verb} ${to} (${known})`}</title>
            </path>
          ))}
          {nodes.map(({ id, title, kind, status }, index) => {
            const { x, y } = layout.boxes.get(id)!;
            const lines = titles.get(id)!;
            const isLeaving = status === 'deprecated' || status === 'retired';
            return (
              <g key={id} class={`box ${kind}${isLeaving ? ' leaving' : ''}`} transform={`translate(${x} ${y})`}>
                <title>{`${title} (${id}${status === undefined ? '' : `, ${status}`})`}</title>
                <rect class="frame" width={BOX_WIDTH} height={boxes[index]!.height} rx={8} />
                <rect class="mark" x={0} y={8} width={3} height={boxes[index]!.height - 16} rx={1.5} />
                {lines.map((line, row) => (
                  <text key={line} x={14} y={22 + 16 * row}>
                    {line}
                  </text>
                ))}
                <text class="id" x={14} y={22 + 16 * lines.length}>
                  {shortened(id.slice(id.indexOf(':') + 1), kind, isLeaving ? status : undefined)}
                </text>
              </g>
            );
          })}
        </g>
      </svg>
    </div>
  );
}

/** At most three lines, broken between words. */
function wrapped(title: string): string[] {
  const lines: string[] = [];
  for (const word of title.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= LINE) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const fitting = lines.slice(0, LINES).map(line => cut(line, LINE));
  return lines.length <= LINES ? fitting : [...fitting.slice(0, -1), `${cut(fitting.at(-1)!, LINE - 2)} …`];
}

/** The end of a name says more than its start, which neighbours share. */
function shortened(name: string, kind: string, status: string | undefined): string {
  const [lead, tail] = [`${kind === 'api' ? 'API' : kind} · `, status === undefined ? '' : ` · ${status}`];
  const room = SMALL_LINE - lead.length - tail.length;
  const characters = [...name];
  const shown = characters.length <= room ? name : `…${characters.slice(characters.length - room + 1).join('')}`;
  return lead + shown + tail;
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
