import { anchorOf, Code, Nothing, Ref, Refs, Section, Table } from '../parts.tsx';
import { dayInWords } from '../printable.ts';
import type { EstateView } from '../view.ts';

export function Systems({ view: { systems, records } }: { view: EstateView }) {
  return (
    <Section
      id="systems"
      title="Systems"
      lead="Who takes part, and who may write what: for each entity one system has the last word."
    >
      {systems.length === 0 ? (
        <Nothing>The estate names no systems.</Nothing>
      ) : (
        <Table
          wide
          caption="Systems, what they are the system of record for, and the contracts they provide"
          columns={['System', 'Hosting', 'Owner', 'System of record for', 'Contracts']}
        >
          {systems.map(({ id, name, description, hosting, owner, records: entities, contracts, release }) => (
            <tr key={id} id={anchorOf(id)}>
              <th scope="row">
                {name}
                <span class="sub">{description}</span>
                {release && (release.current ?? release.next) !== undefined && (
                  <span class="sub">
                    {[
                      ...(release.current === undefined ? [] : [`Release ${release.current}`]),
                      ...(release.next === undefined ? [] : [`next on ${dayInWords(release.next)}`]),
                    ].join(', ')}
                  </span>
                )}
              </th>
              <td>{hosting}</td>
              <td>{owner.name}</td>
              <td>
                {entities.length === 0 ? (
                  <span class="quiet">keeps no records</span>
                ) : (
                  <ul class="plain">
                    {entities.map(({ entity, attributes }) => (
                      <li key={entity + attributes}>
                        {entity}: <span class="quiet">{attributes}</span>
                      </li>
                    ))}
                  </ul>
                )}
              </td>
              <td>
                <Refs to={contracts} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {records.length > 0 && (
        <Table
          wide
          caption="Field by field: the authoritative writer that each contract states"
          columns={['Contract', 'Entity', 'System of record', 'Fields']}
        >
          {records.map(({ contract, entity, attributes, system }, index) => (
            <tr key={index}>
              <th scope="row">
                <Ref to={contract} />
                <span class="sub">
                  <Code>{contract.id}</Code>
                </span>
              </th>
              <td>{entity}</td>
              <td>
                <Ref to={system} />
              </td>
              <td>{attributes.length === 0 ? 'all' : <Code>{attributes.join(', ')}</Code>}</td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
