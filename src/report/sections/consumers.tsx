import { anchorOf, Code, Day, KnownPills, Nothing, Pill, Ref, Section, Table, type Tone } from '../parts.tsx';
import type { ConsumerView, PactView } from '../view.ts';
import { PACT_WORDS } from '../words.ts';

export function Consumers({ consumers, pacts }: { consumers: readonly ConsumerView[]; pacts: readonly PactView[] }) {
  return (
    <Section
      id="consumers"
      title="Consumers"
      lead="What each application uses, and how that is known: declared by itself, derived from its pacts, or verified by a provider that passed them."
    >
      {consumers.length === 0 && <Nothing>The estate knows no consumers.</Nothing>}
      {consumers.map(({ id, name, description, owner, system, uses }) => (
        <article key={id} class="card" id={anchorOf(id)}>
          <header>
            <h3>{name}</h3>
            {description !== undefined && <p>{description}</p>}
            <dl class="facts">
              <div>
                <dt>Id</dt>
                <dd>
                  <Code>{id}</Code>
                </dd>
              </div>
              <div>
                <dt>Owner</dt>
                <dd>{owner?.name ?? 'not stated'}</dd>
              </div>
              {system && (
                <div>
                  <dt>Runs on</dt>
                  <dd>
                    <Ref to={system} />
                  </dd>
                </div>
              )}
            </dl>
          </header>
          {uses.length === 0 ? (
            <Nothing>It uses nothing that the estate knows of.</Nothing>
          ) : (
            <Table
              caption={`What ${name} uses`}
              columns={[
                'Uses',
                'Of',
                'Known',
                { name: 'Fields read', isNumber: true },
                { name: 'Fields sent', isNumber: true },
                'For what',
                'Told by',
              ]}
              wide
            >
              {uses.map(use => (
                <tr key={use.id}>
                  <th scope="row">
                    <Code>{use.part === '' ? use.id : use.part}</Code>
                  </th>
                  <td>
                    <Ref to={use.contract} />
                    <span class="sub">
                      <Code>{use.contract.id}</Code>
                      {use.isDeprecated && (
                        <>
                          {' '}
                          <Pill tone="warn">on the way out</Pill>
                        </>
                      )}
                    </span>
                  </td>
                  <td>
                    <KnownPills known={use.known} />
                  </td>
                  <td class="number">{use.reads}</td>
                  <td class="number">{use.writes}</td>
                  <td>{use.purpose ?? <span class="quiet">not declared</span>}</td>
                  <td>
                    <Code>{use.source}</Code>
                  </td>
                </tr>
              ))}
            </Table>
          )}
        </article>
      ))}
      {pacts.length > 0 && (
        <Table
          caption="Pacts, and whether a provider was run against what they say today"
          columns={['Consumer', 'Provider', { name: 'Interactions', isNumber: true }, 'Evidence', 'Run']}
        >
          {pacts.map(pact => (
            <tr key={pact.file}>
              <th scope="row">
                <Ref to={pact.consumer} />
              </th>
              <td>
                <Ref to={pact.provider} />
                <span class="sub">
                  <Code>{pact.provider.id}</Code>
                </span>
              </td>
              <td class="number">{pact.interactions}</td>
              <td>
                <Pill tone={PACT_TONES[pact.state]}>{PACT_WORDS[pact.state]}</Pill>
              </td>
              <td>
                {pact.at === undefined ? (
                  <span class="quiet">–</span>
                ) : (
                  <>
                    <Day day={pact.at} /> against {pact.target}
                  </>
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

const PACT_TONES: Readonly<Record<PactView['state'], Tone>> = {
  verified: 'good',
  failed: 'bad',
  outdated: 'warn',
  never: 'quiet',
};
