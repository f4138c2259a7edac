import { Code, Day, Nothing, Pill, Section, Table } from '../parts.tsx';
import type { EstateView } from '../view.ts';

export function Waivers({ view: { waivers } }: { view: EstateView }) {
  return (
    <Section
      id="waivers"
      title="Waivers in force"
      lead="Exceptions from the policies: who asked, who granted, and until when."
    >
      {waivers.length === 0 ? (
        <Nothing>No waiver is in force.</Nothing>
      ) : (
        <Table
          wide
          caption="Waivers, the next to expire first"
          columns={['Waiver', 'Reason', 'Owner', 'Approved by', 'Expires', { name: 'Days left', isNumber: true }]}
        >
          {waivers.map(waiver => (
            <tr key={waiver.id}>
              <th scope="row">
                <Code>{waiver.id}</Code>
                <span class="sub">
                  {'excuses '}
                  <Code>{waiver.rule}</Code>
                  {' on '}
                  <Code>{waiver.subject}</Code>
                  {waiver.excuses === 0 && ' (nothing in this run)'}
                </span>
              </th>
              <td>{waiver.reason}</td>
              <td>{waiver.owner.name}</td>
              <td>
                {waiver.approver}
                <span class="sub">{`asked for by ${waiver.author}`}</span>
              </td>
              <td class="nowrap">
                <Day day={waiver.expires} />
              </td>
              <td class="number">
                <Pill tone={waiver.daysLeft < 60 ? 'warn' : 'quiet'}>{waiver.daysLeft}</Pill>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
