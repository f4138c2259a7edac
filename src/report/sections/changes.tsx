import { Nothing, Section } from '../parts.tsx';
import { counted } from '../printable.ts';
import type { ChangesView } from '../view.ts';
import { FindingTable } from './findings.tsx';

export function Changes({ changes }: { changes: ChangesView }) {
  const { base, compared, unproven, findings } = changes;
  return (
    <Section
      id="changes"
      title="What this change breaks"
      lead={`Compared with ${base}: ${counted(compared, 'contract')} that both states have${unproven === 0 ? '' : `, ${counted(unproven, 'part')} that could not be compared`}.`}
    >
      {findings.length === 0 ? (
        <Nothing>Nothing that a consumer could notice was found.</Nothing>
      ) : (
        <FindingTable caption="Changes that can hurt a consumer, the worst first" findings={findings} />
      )}
    </Section>
  );
}
