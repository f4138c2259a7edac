import { DIRECTIONS, type Direction } from '../../model/index.ts';
import { Code, Nothing, Ref, Section, Table } from '../parts.tsx';
import { counted } from '../printable.ts';
import type { MappingView } from '../view.ts';
import { DIRECTION_WORDS } from '../words.ts';

export function Mappings({ mappings }: { mappings: readonly MappingView[] }) {
  return (
    <Section
      id="mappings"
      title="Mappings"
      lead="How far the canonical model and the vendors' shapes agree, and what is lost on the way."
    >
      {mappings.length === 0 && <Nothing>The estate has no mappings.</Nothing>}
      {mappings.map(({ id, name, version, owner, sides: { canonical, vendor }, mapped, tests, lost, assumes }) => (
        <article key={id} class="card">
          <header>
            <h3>
              <Ref to={{ id, name }} />
            </h3>
            <dl class="facts">
              <div>
                <dt>Id</dt>
                <dd>
                  <Code>{id}</Code>
                </dd>
              </div>
              <div>
                <dt>Version</dt>
                <dd>{version}</dd>
              </div>
              <div>
                <dt>Owner</dt>
                <dd>{owner?.name ?? 'not stated'}</dd>
              </div>
              <div>
                <dt>Tests</dt>
                <dd>{tests}</dd>
              </div>
            </dl>
          </header>
          <Table
            caption={`Fields that ${name} fills, and fields that have no place on the other side`}
            columns={[
              'Direction',
              'From',
              'To',
              { name: 'Fields mapped', isNumber: true },
              { name: 'Fields lost', isNumber: true },
            ]}
          >
            {DIRECTIONS.map(direction => {
              const [from, to] = direction === 'toVendor' ? [canonical, vendor] : [vendor, canonical];
              return (
                <tr key={direction}>
                  <th scope="row">{DIRECTION_WORDS[direction]}</th>
                  <td>
                    <Code>{from}</Code>
                  </td>
                  <td>
                    <Code>{to}</Code>
                  </td>
                  <td class="number">{mapped[direction]}</td>
                  <td class="number">{lostIn(direction, lost).length}</td>
                </tr>
              );
            })}
          </Table>
          <Assumed name={name} assumes={assumes} />
          {DIRECTIONS.map(direction => (
            <Lost key={direction} name={name} direction={direction} lost={lostIn(direction, lost)} />
          ))}
        </article>
      ))}
    </Section>
  );
}

/** What a mapping relies on and no schema says: the proofs hold as far as this does. */
function Assumed({ name, assumes }: { name: string; assumes: MappingView['assumes'] }) {
  if (assumes.length === 0) return null;
  return (
    <details>
      <summary>{`Assumed: ${counted(assumes.length, 'condition')}`}</summary>
      <Table
        dense
        caption={`What ${name} takes for granted about documents beyond their schemas`}
        columns={['Field', 'Direction', 'Why']}
      >
        {assumes.map(({ direction, field, reason }, index) => (
          <tr key={index}>
            <th scope="row">{field === undefined ? 'the document' : <Code>{field}</Code>}</th>
            <td>{DIRECTION_WORDS[direction]}</td>
            <td>{reason}</td>
          </tr>
        ))}
      </Table>
    </details>
  );
}

type LostFields = MappingView['lost'];

function lostIn(direction: Direction, lost: LostFields): LostFields {
  return lost.filter(each => each.direction === direction);
}

/** What the vendor cannot hold is ours and gone, so that list stands open; the other one is mostly technical. */
function Lost({ name, direction, lost }: { name: string; direction: Direction; lost: LostFields }) {
  if (lost.length === 0) return null;
  return (
    <details open={direction === 'toVendor'}>
      <summary>{`Lost from ${DIRECTION_WORDS[direction]}: ${counted(lost.length, 'field')}`}</summary>
      <Table
        dense
        caption={`Fields that ${name} drops from ${DIRECTION_WORDS[direction]}, and why`}
        columns={['Field', 'Why']}
      >
        {lost.map(({ field, reason }) => (
          <tr key={field}>
            <th scope="row">
              <Code>{field}</Code>
            </th>
            <td>{reason}</td>
          </tr>
        ))}
      </Table>
    </details>
  );
}
