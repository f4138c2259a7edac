import { Nothing, Pill, Section } from '../parts.tsx';
import type { EstateView } from '../view.ts';

export function Unknowns({ view: { unknowns } }: { view: EstateView }) {
  return (
    <Section
      id="unknowns"
      title="What this page does not know"
      lead="Gaps in the estate and in the evidence. Where the page is silent for one of these reasons, silence proves nothing."
    >
      {unknowns.length === 0 && <Nothing>No gap is known.</Nothing>}
      <div class="gaps">
        {unknowns.map(({ title, why, items }) => (
          <details key={title} open={items.length <= 6}>
            <summary>
              {title} <Pill tone="quiet">{items.length}</Pill>
            </summary>
            <p>{why}</p>
            <ul>
              {items.map((item, index) => (
                <li key={index}>{item}</li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </Section>
  );
}
