import { DependencyPicture } from '../dependency-picture.tsx';
import { Code, KnownPills, Nothing, Ref, Section, Table } from '../parts.tsx';
import { counted } from '../printable.ts';
import type { EstateView } from '../view.ts';

export function DependencySection({ view }: { view: EstateView }) {
  const { nodes, links } = view.dependencies;
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  const named = (id: string) => ({ id, name: titles.get(id) ?? id });
  return (
    <Section
      id="dependencies"
      title="Who depends on what"
      lead="Arrows run from who depends to what is depended on, told between whole contracts. References that follow from others are left out of the picture."
    >
      {nodes.length === 0 ? (
        <Nothing>The estate has neither contracts nor consumers.</Nothing>
      ) : (
        <>
          <DependencyPicture nodes={nodes} links={links} />
          <ul class="legend">
            <LegendLine known="declared" text="declared: someone says so" />
            <LegendLine known="derived" text="derived: a pact, a reference, a step or a mapping shows it" />
            <LegendLine known="verified" text="verified: a provider passed the pact that shows it" />
          </ul>
          <details>
            <summary>{`All ${counted(links.length, 'dependency', 'dependencies')} as a table`}</summary>
            <Table
              caption="Every dependency between two parties, and how the strongest part of it is known"
              columns={['Who', 'Does', 'What', 'Known', { name: 'Edges', isNumber: true }]}
            >
              {links.map(({ from, to, verb, known, edges }) => (
                <tr key={`${from} ${to}`}>
                  <th scope="row">
                    <Ref to={named(from)} /> <Code>{from}</Code>
                  </th>
                  <td>{verb}</td>
                  <td>
                    <Ref to={named(to)} /> <Code>{to}</Code>
                  </td>
                  <td>
                    <KnownPills known={[known]} />
                  </td>
                  <td class="number">{edges}</td>
                </tr>
              ))}
            </Table>
          </details>
        </>
      )}
    </Section>
  );
}

function LegendLine({ known, text }: { known: string; text: string }) {
  return (
    <li>
      <svg viewBox="0 0 30 8" aria-hidden="true">
        <path class={`link ${known}`} d="M0 4 H30" />
      </svg>
      {text}
    </li>
  );
}
