import { Code, Day, Nothing, Pill, Ref, Refs, Section, safeAddress, Table, type Tone } from '../parts.tsx';
import { Timeline } from '../timeline.tsx';
import type { DeprecationView } from '../view.ts';

export function Deprecations({ deprecations, today }: { deprecations: readonly DeprecationView[]; today: string }) {
  return (
    <Section id="deprecations" title="On the way out" lead="Deprecated and retired contracts, the next sunset first.">
      {deprecations.length === 0 ? (
        <Nothing>Nothing is deprecated.</Nothing>
      ) : (
        <>
          <Timeline deprecations={deprecations} today={today} />
          <Table
            caption="Deprecations, with the consumers that have still to move"
            columns={[
              'Contract',
              'Since',
              'Until',
              { name: 'Days left', isNumber: true },
              'Successors',
              'Remaining consumers',
              'Guide',
            ]}
          >
            {deprecations.map(({ id, name, since, until, daysLeft, successors, consumers, guide }) => (
              <tr key={id}>
                <th scope="row">
                  <Ref to={{ id, name }} />
                  <span class="sub">
                    <Code>{id}</Code>
                  </span>
                </th>
                <td>{since === undefined ? <span class="quiet">not stated</span> : <Day day={since} />}</td>
                <td>{until === undefined ? <span class="quiet">not stated</span> : <Day day={until} />}</td>
                <td class="number">
                  {daysLeft === undefined ? '–' : <Pill tone={urgency(daysLeft)}>{daysLeft}</Pill>}
                </td>
                <td>
                  <Refs to={successors} />
                </td>
                <td>
                  <Refs to={consumers} none="none known" />
                </td>
                <td>{guide === undefined ? <span class="quiet">–</span> : <Guide text={guide} />}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </Section>
  );
}

function urgency(daysLeft: number): Tone {
  return daysLeft < 0 ? 'bad' : daysLeft < 180 ? 'warn' : 'quiet';
}

function Guide({ text }: { text: string }) {
  const address = safeAddress(text);
  if (address === undefined) return <Code>{text}</Code>;
  return (
    <a href={address} rel="noopener noreferrer">
      {text}
    </a>
  );
}
