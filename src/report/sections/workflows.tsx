import { Code, Nothing, Ref, Section } from '../parts.tsx';
import type { WorkflowView } from '../view.ts';

export function Workflows({ workflows }: { workflows: readonly WorkflowView[] }) {
  return (
    <Section
      id="workflows"
      title="Workflows"
      lead="Processes across systems, step by step, with the operation or message that each step is about."
    >
      {workflows.length === 0 && <Nothing>The estate has no workflows.</Nothing>}
      {workflows.map(({ id, name, version, contract, summary, steps }) => (
        <article key={`${id} ${name}`} class="card">
          <header>
            <h3>{name}</h3>
            {summary !== undefined && <p>{summary}</p>}
            <dl class="facts">
              <div>
                <dt>Of</dt>
                <dd>
                  <Ref to={contract} /> {version}
                </dd>
              </div>
              <div>
                <dt>Id</dt>
                <dd>
                  <Code>{id}</Code>
                </dd>
              </div>
            </dl>
          </header>
          <ol class="steps">
            {steps.map(({ name: step, description, operation, stated }) => (
              <li key={step}>
                <b>{step}</b>
                <span class="call">
                  {operation !== undefined ? (
                    <Code>{operation}</Code>
                  ) : (
                    <span class="quiet">
                      {stated === undefined ? 'calls no operation' : `unknown operation ${stated}`}
                    </span>
                  )}
                </span>
                {description !== undefined && <p>{description}</p>}
              </li>
            ))}
          </ol>
        </article>
      ))}
    </Section>
  );
}
