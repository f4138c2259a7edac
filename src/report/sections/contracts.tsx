import { anchorOf, Code, Nothing, Pill, Ref, Section, StatusPill, Table, type Tone } from '../parts.tsx';
import type { ContractView, Tally } from '../view.ts';

export function Contracts({ contracts }: { contracts: readonly ContractView[] }) {
  return (
    <Section
      id="contracts"
      title="Contracts"
      lead="Everything that is governed, with who answers for it and who relies on it."
    >
      {contracts.length === 0 ? (
        <Nothing>The estate has no contracts.</Nothing>
      ) : (
        <Table
          wide
          caption="Contracts, with the number of consumers and of dependent contracts that refer to, call or map each of them directly"
          columns={[
            'Contract',
            'Version',
            'Status',
            'Owner',
            'System',
            'Classification',
            { name: 'Consumers', isNumber: true },
            { name: 'Dependants', isNumber: true },
            { name: 'Findings', isNumber: true },
          ]}
        >
          {contracts.map(contract => (
            <tr key={contract.id} id={anchorOf(contract.id)}>
              <th scope="row">
                {contract.name}
                <span class="sub">
                  <Code>{contract.id}</Code>
                </span>
              </th>
              <td>
                <span class="nowrap">{contract.version}</span>
                <span class="sub nowrap">{contract.format}</span>
              </td>
              <td>
                <StatusPill status={contract.status} />
              </td>
              <td>{contract.owner?.name ?? <span class="quiet">not stated</span>}</td>
              <td>{contract.system ? <Ref to={contract.system} /> : <span class="quiet">–</span>}</td>
              <td>{contract.classification ?? <span class="quiet">not stated</span>}</td>
              <td class="number">{contract.consumers.length}</td>
              <td class="number">{contract.dependants.length}</td>
              <td class="number">
                <FindingCount tally={contract.findings} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}

function FindingCount({ tally }: { tally: Tally }) {
  const total = tally.error + tally.warn + tally.info;
  if (total === 0) return <span class="quiet">0</span>;
  const tone: Tone = tally.error > 0 ? 'bad' : tally.warn > 0 ? 'warn' : 'info';
  return <Pill tone={tone}>{total}</Pill>;
}
