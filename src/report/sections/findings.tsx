import { Code, Nothing, Refs, Section, SeverityPill, Table } from '../parts.tsx';
import { counted } from '../printable.ts';
import type { EstateView, FindingView } from '../view.ts';

export function Findings({ view: { findings, changes } }: { view: EstateView }) {
  const elsewhere = changes?.findings.length ?? 0;
  return (
    <Section
      id="findings"
      title="Findings"
      lead={
        elsewhere === 0
          ? 'What is left to answer for, the worst first.'
          : `What is left to answer for, the worst first. ${counted(elsewhere, 'more finding')} under what this change breaks.`
      }
    >
      {findings.length === 0 ? (
        <Nothing>Nothing was found.</Nothing>
      ) : (
        <FindingTable caption="Findings, errors first" findings={findings} />
      )}
    </Section>
  );
}

export function FindingTable({ caption, findings }: { caption: string; findings: readonly FindingView[] }) {
  return (
    <Table wide caption={caption} columns={['Severity', 'Finding', 'About', 'Affects', 'Where']}>
      {findings.map(({ severity, rule, subject, message, place, affected }, index) => (
        <tr key={index}>
          <td>
            <SeverityPill severity={severity} />
          </td>
          <th scope="row" class="message">
            {message}
            <span class="sub">
              <Code>{rule}</Code>
            </span>
          </th>
          <td>
            <Code>{subject}</Code>
          </td>
          <td>
            <Refs to={affected} />
          </td>
          <td>
            <Code>{place}</Code>
          </td>
        </tr>
      ))}
    </Table>
  );
}
