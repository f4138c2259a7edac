/** What the page does not know. A report that is silent about its gaps is read as if it had none. */
import { messagesOf, operationsOf } from '../load/index.ts';
import { type Contract, isWithin } from '../model/index.ts';
import { counted } from './printable.ts';
import type { ConsumerView, EstateFacts, PactView, Unknown } from './view.ts';
import { PACT_WORDS } from './words.ts';

/** Gaps that have nothing in them are left out. */
export function unknownsOf(
  facts: EstateFacts,
  consumers: readonly ConsumerView[],
  pacts: readonly PactView[],
): Unknown[] {
  const { estate, comparison } = facts;
  const gaps: Unknown[] = [
    {
      title: 'Consumers with a declared use and no pact that shows it',
      why: 'Whether a change breaks them cannot be told.',
      items: consumers.flatMap(({ name, uses }) =>
        uses
          .filter(({ known }) => known.every(how => how === 'declared'))
          .map(({ id, relation }) => `${name} ${relation} ${id}`),
      ),
    },
    {
      title: 'Pacts without recorded evidence for what they say today',
      why: 'They agree with the contracts on paper; that a provider honours them has not been shown.',
      items: pacts
        .filter(({ state }) => state !== 'verified')
        .map(pact => `${pactName(pact)}: ${PACT_WORDS[pact.state]}`),
    },
    {
      title: 'Operations and messages without a known user',
      why: 'Either nobody uses them, or whoever does has not said so.',
      items: estate.contracts.flatMap(contract => unusedIn(contract, facts)),
    },
    {
      title: 'Statements about vendor products that are modelled',
      why: 'They were not read at a public source; the product may behave in another way.',
      items: estate.contracts.flatMap(({ title, governance }) =>
        (governance?.provenance ?? [])
          .filter(({ status }) => status === 'modelled')
          .map(({ statement }) => `${title}: ${statement}`),
      ),
    },
    {
      title: 'Statements about vendor products from a secondary source',
      why: 'They were read at somebody who uses or quotes the product, not at its vendor.',
      items: estate.contracts.flatMap(({ title, governance }) =>
        (governance?.provenance ?? [])
          .filter(({ secondary }) => secondary === true)
          .map(({ statement }) => `${title}: ${statement}`),
      ),
    },
    {
      title: 'Systems without a contract',
      why: 'What they offer or exchange is not described in this estate.',
      items: estate.systems
        .filter(({ id }) => !estate.contracts.some(({ governance }) => governance?.system === id))
        .map(({ id, value }) => `${value.name} (${id})`),
    },
    {
      title: 'Contracts that do not say who answers for them',
      why: 'No owner, status or classification can be shown for what the metadata leaves out.',
      items: estate.contracts.flatMap(({ id, governance }) => {
        const missing = [
          ...(governance?.owner === undefined ? ['owner'] : []),
          ...(governance?.lifecycle === undefined ? ['status'] : []),
          ...(governance?.classification === undefined ? ['classification'] : []),
        ];
        return missing.length === 0 ? [] : [`${id}: no ${missing.join(', no ')}`];
      }),
    },
    {
      title: 'Parts that could not be compared',
      why: 'They may have changed in any way.',
      items: (comparison?.unproven ?? []).map(({ subject, reason }) => `${subject}: ${reason}`),
    },
    {
      title: 'What lies outside this page',
      why: 'It is told from the contracts and the recorded evidence alone.',
      items: [
        ...(facts.edges.some(({ known }) => known === 'observed')
          ? []
          : ['Traffic: none was observed, so a use that is neither declared nor in a pact is not here.']),
        ...(comparison
          ? []
          : ['Change: the estate was not compared with an earlier state, so nothing is said about what it breaks.']),
      ],
    },
  ];
  return gaps.filter(({ items }) => items.length > 0);
}

function pactName({ consumer, provider }: PactView): string {
  return `${consumer.name} with ${provider.id}`;
}

/** One line for each contract of ours that nobody is known to use in part; vendors offer more than we need. */
function unusedIn(contract: Contract, { estate, edges }: EstateFacts): string[] {
  if (contract.governance?.layer === 'vendor' || contract.governance?.lifecycle?.status === 'retired') return [];
  const parts = [...operationsOf(estate, contract), ...messagesOf(estate, contract)];
  const unused = parts.filter(
    ({ id }) =>
      !edges.some(
        ({ to, relation }) =>
          (relation === 'calls' || relation === 'subscribes') && (isWithin(to, id) || to === contract.id),
      ),
  );
  if (unused.length === 0) return [];
  const names = unused.map(({ name }) => name).join(', ');
  return [`${contract.id}: ${unused.length} of ${counted(parts.length, 'part')}: ${names}`];
}
